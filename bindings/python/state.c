/* SPDX-License-Identifier: MIT */
#include "state.h"

struct state *
state_of(PyTypeObject *type)
{
	struct state *state;

	for (; type != NULL; type = PyType_GetSlot(type, Py_tp_base)) {
		if ((state = PyType_GetModuleState(type)) != NULL)
			return state;
		/* A class written in Python has no module of this kind. */
		if (!PyErr_ExceptionMatches(PyExc_TypeError))
			return NULL;
		PyErr_Clear();
	}
	PyErr_SetString(PyExc_TypeError, "not a type of kpi");
	return NULL;
}

PyObject *
object_new(PyTypeObject *type)
{
	const allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);

	return allocate(type, 0);
}

void
object_free(PyObject *self)
{
	PyTypeObject *const type = Py_TYPE(self);
	const freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);

	release(self);
	Py_DECREF(type);
}
