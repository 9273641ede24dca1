package io.distillwatch.evidence;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link GroupStatistics}. */
public final class GroupStatisticsCodec implements RecordCodec<GroupStatistics> {

    private static final byte VERSION = 7;

    @Override
    public void write(GroupStatistics s, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(s.group());
        out.writeLong(s.at());
        out.writeInt(s.accounts());
        out.writeLong(s.exchanges());
        out.writeLong(s.firstSeen());
        write(s.load().lasting(), out);
        write(s.load().retiring(), out);
        out.writeDouble(s.load().carriers());
        write(s.work().bodies(), out);
        write(s.work().tails(), out);
        write(s.work().halves(), out);
        out.writeLong(s.timing().gaps());
        out.writeLong(s.timing().shortGaps());
        out.writeDouble(s.timing().gapSeconds());
        out.writeDouble(s.timing().gapSquares());
        out.writeLong(s.timing().longGaps());
        out.writeLong(s.timing().lockedGaps());
        out.writeDouble(s.timing().lockedOffset());
        out.writeLong(s.timing().middleGaps());
        out.writeLong(s.timing().quarterGaps());
        out.writeDouble(s.timing().commonStep());
        out.writeDouble(s.timing().regularGaps());
        out.writeLong(s.timing().pooledPairs());
        out.writeDouble(s.timing().dispersion());
        out.writeDouble(s.timing().minuteDispersion());
        out.writeDouble(s.timing().clumping());
        out.writeLong(s.timing().lastBin());
        Wire.writeLongs(out, s.timing().bins());
        out.writeInt(s.life().retired());
        out.writeLong(s.life().cameBack());
        out.writeInt(s.life().bornLastDay());
        out.writeInt(s.life().diedLastDay());
        out.writeLong(s.life().conversations());
        out.writeLong(s.life().handedOff());
        out.writeDouble(s.life().joinedEarly());
        out.writeDouble(s.life().ageHours());
        Wire.writeLongs(out, s.intent().cues());
        out.writeLong(s.intent().singleTurn());
        out.writeLong(s.intent().outputTokens());
        GroupStatistics.Infrastructure i = s.infrastructure();
        out.writeInt(i.withPayment());
        out.writeInt(i.sharingPayment());
        out.writeInt(i.sharedPayments());
        out.writeInt(i.furtherSharing());
        out.writeInt(i.withClient());
        out.writeDouble(i.clientSimpson());
        out.writeDouble(i.prefixPairs());
        out.writeInt(i.crowdedPrefixes());
        out.writeInt(i.rotating());
        out.writeDouble(i.prefixesPerExchange());
        out.writeDouble(i.singlePrefix());
        out.writeInt(i.withCreation());
        out.writeDouble(i.densestWeek());
        out.writeDouble(i.young());
        out.writeDouble(i.largestOrganization());
        Wire.writeLongs(out, s.models().ids());
        Wire.writeLongs(out, s.models().firstSeen());
        Wire.writeCounts(out, s.models().recent());
        out.writeDouble(s.skeleton().headBits());
        out.writeDouble(s.skeleton().headKinds());
        out.writeDouble(s.skeleton().bodyBits());
        out.writeDouble(s.skeleton().bodyKinds());
        Wire.writeCounts(out, s.lengths().cells());
        out.writeLong(s.returns().accounts());
        out.writeLong(s.returns().known());
    }

    private static void write(GroupStatistics.Shares shares, DataOutputView out)
            throws IOException {
        out.writeDouble(shares.exposure());
        out.writeDouble(shares.squares());
        out.writeDouble(shares.excess());
        for (double logLikelihood : shares.logLikelihoods()) {
            out.writeDouble(logLikelihood);
        }
    }

    private static GroupStatistics.Shares readShares(DataInputView in) throws IOException {
        double exposure = in.readDouble();
        double squares = in.readDouble();
        double excess = in.readDouble();
        double[] logLikelihoods = new double[GroupStatistics.Shares.FRAILTIES.size()];
        for (int i = 0; i < logLikelihoods.length; i++) {
            logLikelihoods[i] = in.readDouble();
        }
        return new GroupStatistics.Shares(exposure, squares, excess, logLikelihoods);
    }

    private static void write(GroupStatistics.Repeats repeats, DataOutputView out)
            throws IOException {
        out.writeDouble(repeats.sampled());
        out.writeLong(repeats.things());
        out.writeLong(repeats.askers());
        out.writeDouble(repeats.askerSquares());
        Wire.writeCounts(out, repeats.mostAskers());
        for (double share : repeats.mostShares()) {
            out.writeDouble(share);
        }
    }

    private static GroupStatistics.Repeats readRepeats(DataInputView in) throws IOException {
        double sampled = in.readDouble();
        long things = in.readLong();
        long askers = in.readLong();
        double askerSquares = in.readDouble();
        long[] mostAskers = Wire.readCounts(in);
        double[] mostShares = new double[mostAskers.length];
        for (int i = 0; i < mostShares.length; i++) {
            mostShares[i] = in.readDouble();
        }
        return new GroupStatistics.Repeats(
                sampled, things, askers, askerSquares, mostAskers, mostShares);
    }

    @Override
    public GroupStatistics read(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("group statistics of unknown version " + version);
        }
        return new GroupStatistics(
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                new GroupStatistics.Load(readShares(in), readShares(in), in.readDouble()),
                new GroupStatistics.Work(readRepeats(in), readRepeats(in), readRepeats(in)),
                new GroupStatistics.Timing(
                        in.readLong(),
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readLong(),
                        in.readLong(),
                        in.readDouble(),
                        in.readLong(),
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readLong(),
                        Wire.readLongs(in)),
                new GroupStatistics.Life(
                        in.readInt(),
                        in.readLong(),
                        in.readInt(),
                        in.readInt(),
                        in.readLong(),
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble()),
                new GroupStatistics.Intent(Wire.readLongs(in), in.readLong(), in.readLong()),
                new GroupStatistics.Infrastructure(
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readInt(),
                        in.readInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()),
                new GroupStatistics.Models(
                        Wire.readLongs(in), Wire.readLongs(in), Wire.readCounts(in)),
                new GroupStatistics.Skeleton(
                        in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
                new GroupStatistics.Lengths(Wire.readCounts(in)),
                new GroupStatistics.Returns(in.readLong(), in.readLong()));
    }
}
