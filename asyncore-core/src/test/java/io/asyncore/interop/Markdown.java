package io.asyncore.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tests need of a Markdown page: its programs and its tables. */
public final class Markdown {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    private static final Pattern FILE_NAME = Pattern.compile("\\A(?://|#) (\\S+\\.(?:java|py))\n");

    private final String text;

    public Markdown(String text) {
        this.text = text;
    }

    /** The code blocks that begin with a comment naming their file, by that name. */
    public Map<String, String> programs() {
        Map<String, String> programs = new LinkedHashMap<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            Matcher name = FILE_NAME.matcher(block.group(2));
            if (name.find()) {
                programs.put(name.group(1), block.group(2));
            }
        }
        return programs;
    }

    /** The body rows of every table under a heading, down to the next heading of any level; cells are trimmed. */
    public List<List<String>> rowsUnder(String heading) {
        int start = text.indexOf("\n" + heading + "\n");
        if (start < 0) {
            throw new AssertionError("no heading " + heading);
        }
        String section = text.substring(start + heading.length() + 2).split("\n#", 2)[0];
        List<List<String>> rows = new ArrayList<>();
        boolean body = false;
        for (String line : section.lines().toList()) {
            boolean row = line.startsWith("|");
            if (row && body) {
                rows.add(cells(line));
            }
            body = row && (body || line.startsWith("|---"));
        }
        return rows;
    }

    private static List<String> cells(String row) {
        String inner = row.substring(1, row.lastIndexOf('|'));
        return Stream.of(inner.split("\\|", -1)).map(String::trim).toList();
    }
}
