package io.otfd.agent.summary;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an apply did, from the line with which Terraform ends it; null where it did not say. */
public record ApplySummary(Integer additions, Integer changes, Integer destructions, Integer imports) {

    /** How much of the output's end is looked at. */
    public static final int TAIL_BYTES = 256 << 10;

    private static final Pattern TEXT = Pattern.compile(
            "(?:Apply|Destroy) complete! Resources: (?:(\\d+) imported, )?(?:(\\d+) added, (\\d+) changed, )?(\\d+) destroyed");
    private static final Pattern SUMMARY =
            Pattern.compile("\"changes\":\\{([^}]*)\\}[^\\n]*\"type\":\"change_summary\"");

    public static ApplySummary of(Path output) throws IOException {
        return of(tail(output));
    }

    /** @param tail end of the output */
    public static ApplySummary of(String tail) {
        Matcher text = TEXT.matcher(tail);
        if (text.find()) {
            return new ApplySummary(
                    number(text.group(2)), number(text.group(3)), number(text.group(4)), number(text.group(1)));
        }
        Matcher summary = SUMMARY.matcher(tail);
        String last = null;
        while (summary.find()) {
            last = summary.group(1);
        }
        return last == null
                ? new ApplySummary(null, null, null, null)
                : new ApplySummary(
                        member(last, "add"), member(last, "change"), member(last, "remove"), member(last, "import"));
    }

    private static String tail(Path output) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int member(String members, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":(\\d+)").matcher(members);
        return member.find() ? Integer.parseInt(member.group(1)) : 0;
    }
}
