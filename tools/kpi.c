/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "tool.h"

static const struct command *const commands[] = {
	&command_import,
	&command_measure,
	&command_report,
	&command_explain,
	&command_spread,
	&command_change,
	&command_season,
	&command_repeats,
	&command_staff,
	&command_calendar,
	&command_catalogue,
	&command_check,
	&command_info,
	&command_erase,
};

#define COMMANDS (sizeof(commands) / sizeof(*commands))

/* Beside them, for what is nearest to a mistyped one. */
#define HELP_WORD COMMANDS

static const char *
command_name(const void *ctx, size_t i)
{
	(void)ctx;
	return i == HELP_WORD ? "help" : commands[i]->name;
}

static int
no_command(const char *word)
{
	const char *near = nearest(word, command_name, NULL, COMMANDS + 1);

	if (near != NULL)
		return complain(WRONG_USE,
		    "there is no command \"%s\"; the nearest is \"%s\"", word,
		    near);
	return complain(WRONG_USE,
	    "there is no command \"%s\"; expected is import, measure, report, "
	    "explain, spread, change, season, repeats, staff, calendar, "
	    "catalogue, check, info, erase or help",
	    word);
}

static const struct command *
find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static void
print_help(FILE *to)
{
	(void)fputs("usage: kpi COMMAND ...\n\n", to);
	for (size_t i = 0; i < COMMANDS; i++)
		(void)fprintf(to, "  %-10s %s\n", commands[i]->name,
		    commands[i]->summary);
	(void)fputs("  help       prints this, or all about one command\n"
		    "\n"
		    "First:  kpi import calls.kpi /var/log/asterisk/queue_log\n"
		    "Then:   kpi report calls.kpi\n"
		    "        kpi measure calls.kpi contacts service_level "
		    "--by queue\n"
		    "\n"
		    "It ends with 0 if all is well, 1 if something failed, 2 "
		    "if the command was\n"
		    "wrong, 3 if the store is damaged, 128 + N if signal N "
		    "interrupted it.\n",
	    to);
}

static int
help(const char *word)
{
	const struct command *c;

	if (word == NULL || strcmp(word, "help") == 0) {
		print_help(stdout);
		return DONE;
	}
	c = find(word);
	if (c == NULL)
		return no_command(word);
	(void)fputs(c->help, stdout);
	return DONE;
}

static int
run(const struct command *c, char *const *words)
{
	struct arguments a;
	size_t at = 0;
	int code = arguments_read(&a, c->name, words, c->takes);

	if (code == DONE && argument_next(&a, HELP, &at) != NULL)
		code = help(c->name);
	else if (code == DONE)
		code = c->run(&a);
	arguments_free(&a);
	return code;
}

static int
is_any(const char *word, const char *a, const char *b)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

/* Else the store's file would take the place of a closed one, and its
 * messages with it; what is written to these fails. */
static void
fill_closed(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) == -1)
			_exit(FAILED);
}

int
main(int argc, char **argv)
{
	const struct command *c;
	int code = DONE;

	fill_closed();
	if (argc < 2) {
		print_help(stderr);
		return WRONG_USE;
	}
	c = find(argv[1]);
	if (c != NULL)
		code = run(c, argv + 2);
	else if (is_any(argv[1], "--version", "-V"))
		(void)printf("kpi %s\n", kpi_version());
	else if (is_any(argv[1], "--help", "-h"))
		code = help(NULL);
	else if (strcmp(argv[1], "help") == 0)
		code = help(argv[2]);
	else
		code = no_command(argv[1]);
	return output_finish(code);
}
