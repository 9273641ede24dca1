package io.distillwatch.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * The format {@code text-parts}: reads the keys of the job's topics, which are plain text, of a
 * member two ids with a delimiter between them. Every text column takes one part, the last one the
 * rest; columns of other types stay null. None of Flink's own formats reads a key into several
 * columns without dropping the records whose ids hold a quote or the delimiter.
 *
 * <p>Only a deletion is known by its key: the fields of any other record come from its value.
 */
public final class TextPartsFormatFactory implements DeserializationFormatFactory {

    private static final ConfigOption<String> DELIMITER =
            ConfigOptions.key("delimiter")
                    .stringType()
                    .defaultValue("+")
                    .withDescription("What stands between two parts.");

    @Override
    public String factoryIdentifier() {
        return "text-parts";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(DELIMITER);
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        return new Format(options.get(DELIMITER));
    }

    private record Format(String delimiter)
            implements DecodingFormat<DeserializationSchema<RowData>> {

        @Override
        public DeserializationSchema<RowData> createRuntimeDecoder(
                DynamicTableSource.Context context, DataType type) {
            List<LogicalType> fields = type.getLogicalType().getChildren();
            boolean[] texts = new boolean[fields.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = fields.get(i).is(LogicalTypeFamily.CHARACTER_STRING);
            }
            return new Parts(delimiter, texts, context.createTypeInformation(type));
        }

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }
    }

    private static final class Parts extends AbstractDeserializationSchema<RowData> {

        private final String delimiter;
        private final boolean[] texts;

        Parts(String delimiter, boolean[] texts, TypeInformation<RowData> type) {
            super(type);
            this.delimiter = delimiter;
            this.texts = texts;
        }

        @Override
        public RowData deserialize(byte[] message) {
            GenericRowData row = new GenericRowData(texts.length);
            String rest = message == null ? null : new String(message, StandardCharsets.UTF_8);
            int last = texts.length - 1;
            while (last > 0 && !texts[last]) {
                last--;
            }
            for (int i = 0; i < texts.length && rest != null; i++) {
                if (!texts[i]) {
                    continue;
                }
                int end = i == last ? -1 : rest.indexOf(delimiter);
                row.setField(i, StringData.fromString(end < 0 ? rest : rest.substring(0, end)));
                rest = end < 0 ? null : rest.substring(end + delimiter.length());
            }
            return row;
        }
    }
}
