/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "queue_log_text.h"
#include "runner.h"

#define LOG        "test_queue_log.log"
#define COUNT(all) (sizeof(all) / sizeof(*(all)))

/* What a log comes to, and how many of its lines are damaged and other. */
static const struct {
	const char *claim, *log, *store;
	uint64_t damaged, other;
} cases[] = {
	{ "the page's example: two visits, one interaction",
	    "1430927992|c1|NONE|NONE|QUEUESTART\n"
	    "1430927992|c1|support||ENTERQUEUE||15550100001|1\n"
	    "1430928002|c1|support|Agent/1002|CONNECT|10|m1|9\n"
	    "1430928010|c1|support|Agent/1002|COMPLETECALLER|10|8|1\n"
	    "1430928010|c1|sales||ENTERQUEUE||15550100001|1\n"
	    "1430928025|c1|sales|Agent/1001|RINGNOANSWER|15000\n"
	    "1430928029|c1|sales|NONE|ABANDON|1|1|19\n",
	    "c1@1430927992 15550100001: support/Agent/1002@1430927992 "
	    "answered 10(9)+8; sales/-@1430928010 abandoned 19\n",
	    0, 1 },
	{ "a queue entered twice is two visits, each paired once",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "130|c|q|NONE|EXITWITHTIMEOUT|1|1|30\n"
	    "130|c|q||ENTERQUEUE||5551|1\n"
	    "140|c|q|a|CONNECT|10|m|3\n"
	    "160|c|q|a|COMPLETEAGENT|10|20|1\n",
	    "c@100 5551: q/-@100 timed_out 30; q/a@130 answered 10(3)+20\n", 0,
	    0 },
	{ "of two open visits of a queue the one whose times fit is meant",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "900|c|q||ENTERQUEUE||5551|1\n"
	    "910|c|q|a|CONNECT|10|m|3\n",
	    "c@100 5551: q/-@100 waiting; q/a@900 answered 10(3)\n", 0, 0 },
	{ "where no times tell the first open visit is meant",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "900|c|q||ENTERQUEUE||5551|1\n"
	    "910|c|q|a|CONNECT\n",
	    "c@100 5551: q/a@100 answered 810; q/-@900 waiting\n", 0, 0 },
	{ "the stamps say what the parameters do not",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "112|c|q|a|CONNECT\n"
	    "150|c|q|a|COMPLETECALLER\n"
	    "200|d|q||ENTERQUEUE||5552\n"
	    "260|d|q|NONE|EXITWITHTIMEOUT|1\n"
	    "300|e|q||ENTERQUEUE\n"
	    "330|e|q|NONE|EXITWITHKEY|2|1\n",
	    "c@100 5551: q/a@100 answered 12+38\n"
	    "d@200 5552: q/-@200 timed_out 60\n"
	    "e@300: q/-@300 exited 30\n",
	    0, 0 },
	{ "every exit has its outcome",
	    "100|a|q||ENTERQUEUE||1|1\n"
	    "100|b|q||ENTERQUEUE||2|1\n"
	    "100|c|q||ENTERQUEUE||3|1\n"
	    "100|d|q||ENTERQUEUE||4|1\n"
	    "100|e|q||ENTERQUEUE||5|1\n"
	    "100|f|q||ENTERQUEUE||6|1\n"
	    "107|a|q|NONE|EXITWITHTIMEOUT|1|1|7\n"
	    "107|b|q|NONE|EXITWITHKEY|9|1|1|7\n"
	    "107|c|q|NONE|EXITEMPTY|1|1|7\n"
	    "107|d|q|NONE|WITHDRAW|1|1|7|by hand\n"
	    "107|e|q|NONE|SYSCOMPAT\n"
	    "107|f|q|m|ABANDON|1|1|7\n",
	    "a@100 1: q/-@100 timed_out 7\n"
	    "b@100 2: q/-@100 exited 7\n"
	    "c@100 3: q/-@100 emptied 7\n"
	    "d@100 4: q/-@100 emptied 7\n"
	    "e@100 5: q/-@100 failed 7\n"
	    "f@100 6: q/m@100 abandoned 7\n",
	    0, 0 },
	{ "transfers of all releases have wait and talk",
	    "100|a|q||ENTERQUEUE||5551|1\n"
	    "105|a|q|m|CONNECT|5|x|2\n"
	    "115|a|q|m|BLINDTRANSFER|200|from|5|10|1\n"
	    "200|b|q||ENTERQUEUE||5551|1\n"
	    "205|b|q|m|CONNECT|5|x|2\n"
	    "216|b|q|m|ATTENDEDTRANSFER|BRIDGE|id|5|11|1\n"
	    "300|c|q||ENTERQUEUE||5551|1\n"
	    "305|c|q|m|CONNECT|5|x|2\n"
	    "317|c|q|m|ATTENDEDTRANSFER|APP|Dial|5|12|1\n"
	    "400|d|q||ENTERQUEUE||5551|1\n"
	    "405|d|q|m|CONNECT|5|x|2\n"
	    "418|d|q|m|ATTENDEDTRANSFER|LINK|x|y|5|13|1\n"
	    "500|e|q||ENTERQUEUE||5551|1\n"
	    "505|e|q|m|CONNECT|5|x|2\n"
	    "519|e|q|m|TRANSFER|200|from|5|14\n"
	    "600|f|q||ENTERQUEUE||5551|1\n"
	    "605|f|q|m|CONNECT|5|x|2\n"
	    "620|f|q|m|BLINDTRANSFER|2|0|0|from|5|15|1\n",
	    "a@100 5551: q/m@100 answered 5(2)+10 >blind\n"
	    "b@200 5551: q/m@200 answered 5(2)+11 >attended\n"
	    "c@300 5551: q/m@300 answered 5(2)+12 >attended\n"
	    "d@400 5551: q/m@400 answered 5(2)+13 >attended\n"
	    "e@500 5551: q/m@500 answered 5(2)+14 >blind\n"
	    "f@600 5551: q/m@600 answered 5(2)+15 >blind\n",
	    0, 0 },
	{ "an end without a beginning is rebuilt from its wait and talk",
	    "100|x|q|m|COMPLETEAGENT|10|30|1\n"
	    "100|y|q|NONE|ABANDON|1|1|25\n"
	    "100|z|q|m|CONNECT|20|x|2\n",
	    "x@60: q/m@60 answered 10+30\n"
	    "y@75: q/-@75 abandoned 25\n"
	    "z@80: q/m@80 answered 20(2)\n",
	    0, 0 },
	{ "an end without a beginning and without its times is damage",
	    "100|x|q|m|COMPLETEAGENT|10\n"
	    "100|y|q|NONE|ABANDON|1|1\n"
	    "100|z|q|m|CONNECT\n"
	    "100|s|q|NONE|SYSCOMPAT\n",
	    "", 4, 0 },
	{ "an id that changed while talking ends the visit that it was",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|m|CONNECT|10|x|2\n"
	    "140|new|q|m|COMPLETECALLER|10|31|1\n",
	    "c@100 5551: q/m@100 answered 10(2)+31\n", 0, 0 },
	{ "an id that changed while waiting is followed",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|new|q|m|CONNECT|10|x|2\n"
	    "140|new|q|m|COMPLETECALLER|10|30|1\n",
	    "c@100 5551: q/m@100 answered 10(2)+30\n", 0, 0 },
	{ "the talk of another agent or time is not taken for it",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|m|CONNECT|10|x|2\n"
	    "140|new|q|other|COMPLETECALLER|10|30|1\n"
	    "141|late|q|m|COMPLETECALLER|10|28|1\n",
	    "c@100 5551: q/m@100 answered 10(2)\n"
	    "late@103: q/m@103 answered 10+28\n"
	    "new@100: q/other@100 answered 10+30\n",
	    0, 0 },
	{ "a talk whose CONNECT was lost is the visit that waited",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "140|c|q|m|COMPLETECALLER|10|30|1\n",
	    "c@100 5551: q/m@100 answered 10+30\n", 0, 0 },
	{ "an ABANDON after EXITEMPTY is dropped and counted",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|NONE|EXITEMPTY|1|1|10\n"
	    "110|c|q|NONE|ABANDON|1|1|10\n"
	    "111|c|q||ENTERQUEUE||5551|1\n"
	    "121|c|q|NONE|ABANDON|1|1|10\n",
	    "c@100 5551: q/-@100 emptied 10; q/-@111 abandoned 10\n", 1, 0 },
	{ "an ABANDON after a new ENTERQUEUE is that visit's",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|NONE|EXITEMPTY|1|1|10\n"
	    "110|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|NONE|ABANDON|1|1|0\n",
	    "c@100 5551: q/-@100 emptied 10; q/-@110 abandoned 0\n", 0, 0 },
	{ "an end told twice is one visit",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|m|CONNECT|10|x|2\n"
	    "140|c|q|m|COMPLETECALLER|10|30|1\n"
	    "140|c|q|m|COMPLETEAGENT|10|30|1\n",
	    "c@100 5551: q/m@100 answered 10(2)+30\n", 1, 0 },
	{ "a start ends what is open at the line before",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|m|CONNECT|10|x|2\n"
	    "120|d|q||ENTERQUEUE||5552|1\n"
	    "125|NONE|q|NONE|CONFIGRELOAD\n"
	    "bad\n"
	    "190|NONE|NONE|NONE|QUEUESTART\n"
	    "200|d|q||ENTERQUEUE||5552|1\n",
	    "c@100 5551: q/m@100 answered 10(2)+15\n"
	    "d@120 5552: q/-@120 failed 5; q/-@200 waiting\n",
	    1, 1 },
	{ "AGENTDUMP leaves the caller waiting",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "105|c|q|m|AGENTDUMP\n"
	    "110|c|q|n|CONNECT|10|x|2\n",
	    "c@100 5551: q/n@100 answered 10(2)\n", 0, 1 },
	{ "the wait contains the ring, and CONNECT's wait is the wait",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "110|c|q|m|CONNECT|10|x|11\n"
	    "140|c|q|m|COMPLETECALLER|11|30|1\n",
	    "c@100 5551: q/m@100 answered 10(10)+30\n", 0, 0 },
	{ "withheld numbers are unknown customers",
	    "100|a|q||ENTERQUEUE|||1\n"
	    "100|b|q||ENTERQUEUE||Anonymous|1\n"
	    "100|c|q||ENTERQUEUE||UNKNOWN|1\n"
	    "100|d|q||ENTERQUEUE||Private|1\n"
	    "100|e|q||ENTERQUEUE||restricted|1\n"
	    "100|f|q||ENTERQUEUE||WithHeld|1\n"
	    "100|g|q||ENTERQUEUE|| |1\n"
	    "100|h|q||ENTERQUEUE||<unknown>|1\n"
	    "100|i|q||ENTERQUEUE||unknowns|1\n",
	    "a@100: q/-@100 waiting\nb@100: q/-@100 waiting\n"
	    "c@100: q/-@100 waiting\nd@100: q/-@100 waiting\n"
	    "e@100: q/-@100 waiting\nf@100: q/-@100 waiting\n"
	    "g@100: q/-@100 waiting\nh@100: q/-@100 waiting\n"
	    "i@100 unknowns: q/-@100 waiting\n",
	    0, 0 },
	{ "the first known caller id of a call is its customer",
	    "100|c|q||ENTERQUEUE|||1\n"
	    "110|c|q|NONE|EXITWITHTIMEOUT|1|1|10\n"
	    "110|c|q||ENTERQUEUE||5551|1\n"
	    "111|c|q||ENTERQUEUE||5552|1\n",
	    "c@100 5551: q/-@100 timed_out 10; q/-@110 waiting; "
	    "q/-@111 waiting\n",
	    0, 0 },
	{ "bars in a url and in a name do no harm",
	    "100|c|q||ENTERQUEUE|http://x/?a|b|c|15550100001|2|Jo|hn\n"
	    "110|c|q|NONE|ABANDON|1|2|10||||\n",
	    "c@100 15550100001: q/-@100 abandoned 10\n", 0, 0 },
	{ "damaged lines are counted and stop nothing",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "\n"
	    "\r\n"
	    "105|c|q\n"
	    "105|c|q|m|\n"
	    "-5|c|q|NONE|ABANDON|1|1|5\n"
	    "|c|q|NONE|ABANDON|1|1|5\n"
	    "253402300800|c|q|NONE|ABANDON|1|1|5\n"
	    "105|NONE|q|NONE|ABANDON|1|1|5\n"
	    "105||q|NONE|ENTERQUEUE||1|1\n"
	    "110|c|q|NONE|ABANDON|1|1|10\r\n",
	    "c@100 5551: q/-@100 abandoned 10\n", 9, 0 },
	{ "bad bytes become U+FFFD, in Python's manner",
	    "100|c\xff|q\xe2\x82||ENTERQUEUE||j\xc3\xb6rg\xf0\x9f|1\n"
	    "110|c\xff|q\xe2\x82|NONE|ABANDON|1|1|10\n",
	    "c\xef\xbf\xbd@100 j\xc3\xb6rg\xef\xbf\xbd: "
	    "q\xef\xbf\xbd/-@100 abandoned 10\n",
	    0, 0 },
	{ "verbs of products and dialplans",
	    "100|c|q|NONE|FULL\n"
	    "100|d|q|NONE|CLOSED\n"
	    "100|e|q|NONE|DIVERT_CA_RATIO\n"
	    "100|f|q||ENTERQUEUE||5551|1\n"
	    "101|f|q|m|CONNECT|1|x|1\n"
	    "102|f|q|m|COMPLETEAGENT|1|1|1\n"
	    "102|f|q|m|WRAPUPSTART|20\n"
	    "103|f|q|m|MYVERB|1\n"
	    "103|NONE|q|m|PENALTY|1\n",
	    "c@100: q/-@100 turned_away 0\n"
	    "d@100: q/-@100 turned_away 0\n"
	    "e@100: q/-@100 overflowed 0\n"
	    "f@100 5551: q/m@100 answered 1(1)+1,20\n",
	    0, 2 },
	{ "a clock set back makes no negative duration",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "90|c|q|m|CONNECT\n"
	    "80|c|q|m|COMPLETEAGENT\n"
	    "70|NONE|NONE|m|PAUSE\n"
	    "60|NONE|NONE|m|UNPAUSE\n",
	    "c@100 5551: q/m@100 answered 0+0\n", 0, 0 },
	{ "stamps more than a century apart end at a century",
	    "100|c|q||ENTERQUEUE||5551|1\n"
	    "100|d|q||ENTERQUEUE||5552|1\n"
	    "100|e|q||ENTERQUEUE||5553|1\n"
	    "101|e|q|m|CONNECT|1|x|1\n"
	    "102|f|q||ENTERQUEUE||5554|1\n"
	    "103|f|q|n|CONNECT|1|x|1\n"
	    "4000000000|d|q|NONE|ABANDON\n"
	    "4000000000|e|q|m|COMPLETEAGENT\n"
	    "4000000001|NONE|NONE|NONE|QUEUESTART\n",
	    "c@100 5551: q/-@100 failed 3155760000\n"
	    "d@100 5552: q/-@100 abandoned 3155760000\n"
	    "e@100 5553: q/m@100 answered 1(1)+3155760000\n"
	    "f@102 5554: q/n@102 answered 1(1)+3155760000\n",
	    0, 0 },
	{ "logged in is ready, paused is break, over queues a union",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|q1|a|ADDMEMBER\n"
	    "110|NONE|q2|a|ADDMEMBER|PAUSED\n"
	    "120|NONE|q2|a|UNPAUSE\n"
	    "150|NONE|q1|a|PAUSE|lunch\n"
	    "160|NONE|q2|a|PAUSE|lunch\n"
	    "170|NONE|q1|a|UNPAUSE\n"
	    "180|NONE|q2|a|UNPAUSE\n"
	    "190|NONE|q1|a|REMOVEMEMBER\n"
	    "200|NONE|q2|a|REMOVEMEMBER\n"
	    "210|NONE|NONE|b|AGENTLOGIN|SIP/1\n"
	    "300|NONE|NONE|b|AGENTLOGOFF|SIP/1|90\n",
	    "a break 110-120\na break 150-180\na ready 100-110\n"
	    "a ready 120-150\na ready 180-200\nb ready 210-300\n",
	    0, 1 },
	{ "spans open at the file's beginning began there, at its end go on",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|q|a|UNPAUSE\n"
	    "200|NONE|q|a|REMOVEMEMBER\n"
	    "300|NONE|q|a|REMOVEMEMBER\n"
	    "400|NONE|q|b|ADDMEMBER\n",
	    "a break 50-100\na ready 100-200\nb ready 400-\n", 0, 1 },
	{ "a log-off without a beginning does not reach past its length",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|NONE|a|AGENTLOGOFF|SIP/1|30\n"
	    "200|NONE|NONE|b|AGENTLOGOFF|SIP/1|9000\n",
	    "a ready 70-100\nb ready 50-200\n", 0, 1 },
	{ "a queue that is left later was a queue since the beginning",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|q1|a|REMOVEMEMBER\n"
	    "150|NONE|q3|a|ADDMEMBER\n"
	    "200|NONE|q2|a|REMOVEMEMBER\n"
	    "300|NONE|q3|a|REMOVEMEMBER\n",
	    "a ready 50-300\n", 0, 1 },
	{ "a pause that was open makes break of what looked ready",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|q1|a|ADDMEMBER\n"
	    "150|NONE|q2|a|UNPAUSE\n"
	    "200|NONE|q1|a|REMOVEMEMBER\n",
	    "a break 50-150\na ready 150-200\n", 0, 1 },
	{ "what lasted less than a second parts nothing",
	    "100|NONE|q|a|ADDMEMBER\n"
	    "150|NONE|q|a|PAUSE|x\n"
	    "150|NONE|q|a|UNPAUSE|x\n"
	    "200|NONE|q|a|REMOVEMEMBER\n",
	    "a ready 100-200\n", 0, 0 },
	{ "a static member is on break only",
	    "50|NONE|NONE|NONE|CONFIGRELOAD\n"
	    "100|NONE|NONE|a|PAUSEALL|x\n"
	    "100|NONE|q|a|PAUSE|x\n"
	    "150|NONE|NONE|a|UNPAUSEALL|x\n"
	    "150|NONE|q|a|UNPAUSE|x\n"
	    "160|c|q||ENTERQUEUE||5551|1\n"
	    "170|c|q|b|CONNECT|10|x|2\n",
	    "c@160 5551: q/b@160 answered 10(2)\na break 100-150\n", 0, 1 },
	{ "no break while logged off",
	    "100|NONE|NONE|a|AGENTLOGIN|x\n"
	    "110|NONE|q|a|PAUSE\n"
	    "120|NONE|NONE|a|AGENTLOGOFF|x|20\n"
	    "200|NONE|NONE|a|AGENTLOGIN|x\n"
	    "210|NONE|q|a|UNPAUSE\n",
	    "a break 110-120\na break 200-210\na ready 100-110\n"
	    "a ready 210-\n",
	    0, 0 },
	{ "a log-in after a start means that it had ended there",
	    "100|NONE|q|a|ADDMEMBER\n"
	    "100|NONE|q|b|ADDMEMBER\n"
	    "100|NONE|q|c|ADDMEMBER\n"
	    "100|NONE|NONE|d|AGENTLOGIN|x\n"
	    "200|NONE|NONE|NONE|QUEUESTART\n"
	    "210|NONE|q|a|ADDMEMBER\n"
	    "220|NONE|q|b|PAUSE\n"
	    "230|NONE|q|b|ADDMEMBER\n"
	    "240|NONE|NONE|d|AGENTLOGOFF|x|25\n"
	    "300|NONE|q|c|REMOVEMEMBER\n",
	    "a ready 100-200\na ready 210-\nb break 220-\nb ready 100-220\n"
	    "c ready 100-300\nd ready 100-200\nd ready 215-240\n",
	    0, 0 },
	{ "an agent's event without an agent is damage",
	    "100|NONE|q|NONE|PAUSE\n100|NONE|q||ADDMEMBER\n", "", 2, 0 },
};

static uint64_t
lines_of(const kpi_report_reason *list, uint64_t count)
{
	uint64_t lines = 0;

	ck_assert_uint_le(count, KPI_REPORT_REASONS);
	for (uint64_t i = 0; i < count; i++) {
		ck_assert_ptr_nonnull(list[i].reason);
		ck_assert_uint_gt(list[i].lines, 0);
		lines += list[i].lines;
	}
	return lines;
}

START_TEST(a_log_comes_to_what_it_says)
{
	kpi_store *store = log_store();
	kpi_queue_log_report report;
	char *is;

	log_write(LOG, cases[_i].log, strlen(cases[_i].log));
	report = log_import(store, LOG);
	is = log_dump(store);
	ck_assert_msg(strcmp(is, cases[_i].store) == 0, "%s:\n%sinstead of\n%s",
	    cases[_i].claim, is, cases[_i].store);
	ck_assert_msg(lines_of(report.damaged, report.reason_count) ==
		    cases[_i].damaged &&
		lines_of(report.other, report.other_count) == cases[_i].other,
	    "%s: %d damaged, %d other", cases[_i].claim,
	    (int)lines_of(report.damaged, report.reason_count),
	    (int)lines_of(report.other, report.other_count));
	free(is);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("queue_log");
	TCase *t = tcase_create("queue_log");

	tcase_add_loop_test(
	    t, a_log_comes_to_what_it_says, 0, (int)COUNT(cases));
	suite_add_tcase(s, t);
	return s;
}
