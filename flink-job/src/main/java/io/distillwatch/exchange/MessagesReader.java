package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads {@code messages}: what the user said last, what the system said first, and how often the
 * user spoke before.
 *
 * <p>The prompt is the last message of role {@code user} that has text. An agent's tool results
 * come as user messages without any; skipping them keeps the task that the agent works on. Content
 * is a string, or an array of strings and of parts with {@code text}; the texts of one message are
 * joined by a line feed, parts without text (pictures, tool calls) are passed over. {@code
 * developer} is the newer name of {@code system}; any other role is allowed and not read.
 *
 * <p>Reused from record to record; not thread-safe.
 */
final class MessagesReader {

    private static final String FIELD = "messages";

    /** Text of the last user message that has some; null when there is none. */
    String prompt;

    /** Text of the first system message that has some; null when there is none. */
    String systemPrompt;

    /** User messages with text. */
    int userMessages;

    /** Whether there are messages at all. */
    boolean present;

    private final StringBuilder joined = new StringBuilder();

    void reset() {
        present = false;
        prompt = null;
        systemPrompt = null;
        userMessages = 0;
    }

    void read(JsonParser json) throws IOException, Refused {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw FieldReader.wrongType(json, FIELD, "an array of objects with role and content");
        }
        present = true;
        int index = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            readMessage(json, index++);
        }
    }

    private void readMessage(JsonParser json, int index) throws IOException, Refused {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrongType(json, index, "the message", "an object with role and content");
        }
        String role = null;
        String content = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "role" -> {
                    if (json.currentToken() != JsonToken.VALUE_STRING) {
                        throw wrongType(json, index, "role", "a string");
                    }
                    role = json.getText();
                }
                // The role may come after the content: the text is taken before it is known.
                case "content" -> content = content(json, index);
                default -> json.skipChildren();
            }
        }
        if (role == null) {
            throw new Refused(
                    RefusalReason.MISSING_FIELD, FIELD, "message " + index + " has no role");
        }
        if (content == null || FieldReader.isBlank(content)) {
            return;
        }
        switch (role) {
            case "user" -> {
                prompt = content;
                userMessages++;
            }
            case "system", "developer" -> {
                if (systemPrompt == null) {
                    systemPrompt = content;
                }
            }
            default -> {}
        }
    }

    private String content(JsonParser json, int index) throws IOException, Refused {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            case START_ARRAY -> parts(json, index);
            default -> throw wrongType(json, index, "content", "a string or an array of parts");
        };
    }

    private String parts(JsonParser json, int index) throws IOException, Refused {
        joined.setLength(0);
        String only = null;
        int texts = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text =
                    switch (json.currentToken()) {
                        case VALUE_STRING -> json.getText();
                        case START_OBJECT -> partText(json, index);
                        default ->
                                throw wrongType(
                                        json, index, "a part of content", "a string or an object");
                    };
            if (text == null) {
                continue;
            }
            if (texts++ == 0) {
                only = text;
            } else {
                if (texts == 2) {
                    joined.append(only);
                }
                joined.append('\n').append(text);
            }
        }
        return texts < 2 ? only : joined.toString();
    }

    private static String partText(JsonParser json, int index) throws IOException, Refused {
        String text = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("text") && token != JsonToken.VALUE_NULL) {
                if (token != JsonToken.VALUE_STRING) {
                    throw wrongType(json, index, "the text of a part", "a string");
                }
                text = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return text;
    }

    private static Refused wrongType(JsonParser json, int index, String what, String allowed) {
        return new Refused(
                RefusalReason.WRONG_TYPE,
                FIELD,
                "in message "
                        + index
                        + " "
                        + what
                        + " is "
                        + FieldReader.kind(json.currentToken())
                        + "; "
                        + allowed
                        + " is required");
    }
}
