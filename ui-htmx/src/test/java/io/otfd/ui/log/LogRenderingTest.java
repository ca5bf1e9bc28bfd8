package io.otfd.ui.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class LogRenderingTest {

    private static String html(String text) {
        return LogLines.render(text.getBytes(StandardCharsets.UTF_8), AnsiStyle.PLAIN, "plan", 0)
                .html();
    }

    private static String text(String html) {
        return Jsoup.parse("<pre>" + html + "</pre>").selectFirst("pre").wholeText();
    }

    @Test
    void markersAroundALogAreNotShown() {
        assertThat(text(html("\u0002one\ntwo\n\u0003")), is("one\ntwo\n"));
    }

    @Test
    void jsonLinesAreShownByTheirMessage() {
        String log = """
                Terraform v1.11.4
                {"@level":"info","@message":"Terraform 1.11.4","type":"version"}
                {"@level":"info","@message":"null_resource.a: Plan to create","type":"planned_change"}
                {"@level":"info","@message":"Plan: 1 to add, 0 to change, 0 to destroy.","type":"change_summary"}
                """;

        assertThat(text(html(log)), is("""
                Terraform v1.11.4
                Terraform 1.11.4
                null_resource.a: Plan to create
                Plan: 1 to add, 0 to change, 0 to destroy.
                """));
        assertThat(html(log), containsString("<span class=\"log-strong\">Plan: 1 to add"));
    }

    @Test
    void diagnosticsSayWhereAndWhy() {
        String line = """
                {"@level":"error","@message":"Error: Unsupported argument","type":"diagnostic","diagnostic":{
                "severity":"error","summary":"Unsupported argument","detail":"No argument is named x.\\nDid you mean y?",
                "address":"null_resource.a","range":{"filename":"main.tf","start":{"line":3,"column":1,"byte":9}},
                "snippet":{"context":"resource \\"null_resource\\" \\"a\\"","code":"  x = var.x","start_line":3,
                "values":[{"traversal":"var.x","statement":"is \\"1\\""}]}}}""".replace("\n", "");

        assertThat(text(html(line)), is("""
                Error: Unsupported argument
                  with null_resource.a
                  on main.tf line 3, in resource "null_resource" "a":
                    3:   x = var.x
                      var.x is "1"

                  No argument is named x.
                  Did you mean y?
                """));
        assertThat(html(line), containsString("<span class=\"log-error\">Error: Unsupported argument</span>"));
    }

    @Test
    void outputsAreListedButForSensitiveOnes() {
        String line = """
                {"@level":"info","@message":"Outputs: 2","type":"outputs","outputs":{
                "name":{"sensitive":false,"type":"string","value":"web"},
                "password":{"sensitive":true,"type":"string","value":"hunter2"}}}""".replace("\n", "");

        assertThat(
                text(html(line)),
                allOf(
                        containsString("name = \"web\""),
                        containsString("password = (sensitive value)"),
                        not(containsString("hunter2"))));
    }

    @Test
    void jsonThatIsNoMessageStaysAsItIs() {
        assertThat(
                text(html("{\"a\":1}\n{ not json\n{\"@message\":7}\n")),
                is("{\"a\":1}\n{ not json\n{\"@message\":7}\n"));
    }

    @Test
    void deepJsonDoesNotBreakThePage() {
        String line = "{\"a\":".repeat(5000);

        assertThat(text(html(line)), is(line));
    }

    @Test
    void hostileMessagesAreText() {
        String hostile = "<script>alert(1)</script>\\\"><img src=x onerror=alert(1)>\\u001b[31m";
        String log = """
                {"@level":"info","@message":"%1$s","type":"log"}
                {"@level":"error","@message":"%1$s","type":"diagnostic","diagnostic":{"severity":"error","detail":"%1$s","address":"%1$s","range":{"filename":"%1$s","start":{"line":1}},"snippet":{"context":"%1$s","code":"%1$s","start_line":1,"values":[{"traversal":"%1$s","statement":"%1$s"}]}}}
                {"@level":"info","@message":"%1$s","type":"outputs","outputs":{"%1$s":{"value":"%1$s"}}}
                {"@level":"%1$s","@message":"%1$s","type":"%1$s"}
                """.formatted(hostile);

        Document document = Jsoup.parseBodyFragment(html(log));

        assertThat(document.select("script, img, [onerror]").size(), is(0));
        assertThat(document.select("body *:not(span)").size(), is(0));
        assertThat(document.text(), containsString("<script>alert(1)</script>\"><img src=x onerror=alert(1)>"));
    }

    @Test
    void brokenUtf8IsReplaced() {
        byte[] bytes = {'a', (byte) 0xff, 'b', '\n'};

        assertThat(text(LogLines.render(bytes, AnsiStyle.PLAIN, "plan", 0).html()), is("a\ufffdb\n"));
    }

    @Test
    void aLineIsNamedAfterWhereItStands() {
        byte[] bytes = "one\n\ntwo\n".getBytes(StandardCharsets.UTF_8);

        Document document = Jsoup.parseBodyFragment(
                LogLines.render(bytes, AnsiStyle.PLAIN, "apply", 100).html());

        assertThat(document.select("[id]").eachAttr("id"), is(java.util.List.of("apply-100", "apply-105")));
        assertThat(document.select("#apply-105").text(), is("two"));
    }
}
