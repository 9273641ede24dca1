package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** The ways in which the bytes of a record that was not counted are written beside the reason. */
enum OriginalBytes {
    /** {@code original} as text, or {@code original_base64} where they are no UTF-8. */
    WHOLE {
        @Override
        void write(JsonGenerator json, byte[] original) throws IOException {
            if (Utf8.firstMalformed(original) < 0) {
                json.writeFieldName("original");
                json.writeUTF8String(original, 0, original.length);
            } else {
                json.writeBinaryField("original_base64", original);
            }
        }
    },
    /** {@code original_gzip_base64}. */
    COMPRESSED {
        @Override
        void write(JsonGenerator json, byte[] original) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(original.length / 4);
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(original);
            }
            json.writeBinaryField("original_gzip_base64", compressed.toByteArray());
        }
    },
    /** {@code original_omitted}, because no output record can hold them. */
    TOO_LARGE {
        @Override
        void write(JsonGenerator json, byte[] original) throws IOException {
            json.writeStringField("original_omitted", "too_large");
        }
    },
    /** {@code original_omitted}, because the settings say so. */
    SWITCHED_OFF {
        @Override
        void write(JsonGenerator json, byte[] original) throws IOException {
            json.writeStringField("original_omitted", "switched_off");
        }
    };

    abstract void write(JsonGenerator json, byte[] original) throws IOException;
}
