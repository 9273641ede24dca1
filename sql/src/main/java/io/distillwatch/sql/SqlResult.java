package io.distillwatch.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.RowRowConverter;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.results.ResultSet;
import org.apache.flink.table.gateway.api.results.ResultSetImpl;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.SqlGatewayServiceImpl;
import org.apache.flink.table.utils.print.RowDataToStringConverter;
import org.apache.flink.types.Row;

/**
 * The rows of one statement as they come; closing it before its end stops the job behind it.
 *
 * <p>{@link #hasNext} waits for the next row, as long as it takes.
 */
public final class SqlResult implements Iterator<RowData>, AutoCloseable {

    private static final int FETCH_SIZE = 1000;

    private final SqlGatewayServiceImpl gateway;
    private final SessionHandle session;
    private final OperationHandle operation;
    private final Deque<RowData> rows = new ArrayDeque<>();
    private ResultSet page;
    private Long token = 0L;
    private RowRowConverter converter;

    private SqlResult(
            SqlGatewayServiceImpl gateway, SessionHandle session, OperationHandle operation) {
        this.gateway = gateway;
        this.session = session;
        this.operation = operation;
    }

    static SqlResult of(
            SqlGatewayServiceImpl gateway, SessionHandle session, OperationHandle operation) {
        SqlResult result = new SqlResult(gateway, session, operation);
        try {
            while (result.page == null) {
                result.fetch();
            }
        } catch (SqlFailure e) {
            result.close();
            throw e;
        }
        return result;
    }

    /** Columns of the rows. */
    public ResolvedSchema schema() {
        return page.getResultSchema();
    }

    /** Whether these are the rows of a query, and not the answer to a command. */
    public boolean isQuery() {
        return page.isQueryResult();
    }

    /** Turns each field of a row into text, as Flink's own client prints it. */
    public RowDataToStringConverter texts() {
        return ((ResultSetImpl) page).getConverter();
    }

    /** A row with Java objects in it, named by column. */
    public Row external(RowData row) {
        if (converter == null) {
            converter = RowRowConverter.create(schema().toPhysicalRowDataType());
            converter.open(Thread.currentThread().getContextClassLoader());
        }
        return converter.toExternal(row);
    }

    @Override
    public boolean hasNext() {
        while (rows.isEmpty() && token != null) {
            fetch();
        }
        return !rows.isEmpty();
    }

    @Override
    public RowData next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return rows.poll();
    }

    @Override
    public void close() {
        gateway.closeOperation(session, operation);
    }

    private void fetch() {
        ResultSet fetched;
        try {
            fetched = gateway.fetchResults(session, operation, token, FETCH_SIZE);
        } catch (RuntimeException e) {
            throw new SqlFailure(e);
        }
        if (fetched.getResultType() == ResultSet.ResultType.NOT_READY) {
            Pause.briefly();
            return;
        }
        page = fetched;
        rows.addAll(fetched.getData());
        token = fetched.getNextToken();
        if (token != null && rows.isEmpty()) {
            Pause.briefly();
        }
    }
}
