using System.IO.Compression;
using Npgsql;
using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;
using Sluice.Storage.Ledger.Sessions;
using Sluice.Storage.Migrations;
using Sluice.Storage.Reports.Reconciliation;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Engine.Updates;

/// <summary>
/// A database of the last version that wrote a row for each event, as its node left it when it was killed: nothing that
/// it had acknowledged is lost or counted twice.
/// </summary>
/// <remarks>
/// <c>before-blocks.sql.gz</c> is a plain dump (<c>pg_dump --inserts --no-owner --no-privileges</c>, without the tables
/// of the cluster) of commit 2ce315e, after seven events and two reservations of one key.
/// </remarks>
public sealed class UpdateTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>The key whose usage is in the dump.</summary>
    private const long KeyId = 1668110701184247878;

    private const long Tokens = 100 + 200 + 300 + 400 + 40 + 1_000 + 2_000;

    private static readonly long Later =
        new DateTimeOffset(2026, 11, 28, 18, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private NpgsqlDataSource _owner = null!, _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        _owner = NpgsqlDataSource.Create(database);
        _service = NpgsqlDataSource.Create(PostgresCluster.AsService(database));
        await using var dump = new GZipStream(
            typeof(UpdateTests).Assembly.GetManifestResourceStream("before-blocks.sql.gz")!,
            CompressionMode.Decompress);
        using var reader = new StreamReader(dump);
        await using (var restoring = NpgsqlDataSource.Create(database + ";Pooling=false"))
        await using (var restore = restoring.CreateCommand(await reader.ReadToEndAsync(Cancellation)))
            await restore.ExecuteNonQueryAsync(Cancellation);
        await DatabaseSetup.ApplyAsync(_owner, _service, 400, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task WhatTheKilledNodeHadWritten_IsSettled_AndAgreesWithItsLedger()
    {
        await new SessionStore(_service).SettleAsync(Cancellation);

        var drifts = await new Reconciler(_service).CompareAsync(PeriodKey.Month(2026, 11), null, Cancellation);
        Assert.All(drifts, static drift => Assert.True(drift.IsNone, $"{drift}"));
        var tokens = Assert.Single(drifts, static drift => drift.Metric == MetricId.TextTokens.Value);
        Assert.Equal((Tokens, Tokens), (tokens.CountedUnits, tokens.SummedUnits));
    }

    [Theory]
    [InlineData("evt-1", 100)]
    [InlineData("0198a3c4-5d6e-4f80-9abc-def012345678", 200)]
    [InlineData("01K0A0B0C0D0E0F0G0H0J0K0M0", 300)]
    [InlineData("evt_01m8f3wk1q47en0he5hx2dkq6f", 400)]
    [InlineData("late-2", 2_000)]
    public async Task EachEvent_IsStillKnownByItsId_ToTheWriterToo(string id, long tokens)
    {
        var key = EventIds.OfEvent(KeyId, id);

        var found = Assert.Single(await LedgerConnection.FindAsync(_service, [key], Later, Cancellation));
        Assert.Equal((key.Id, id, tokens), (found.Id, found.EventId, found.Units[0]));
        await using var ledger = await ConnectAsync();
        Assert.Equivalent(found, Assert.Single(await ledger.BeginAsync([key], all: false, Later, Cancellation)));
        Assert.Empty(await LedgerConnection.FindAsync(
            _service, [EventIds.OfEvent(KeyId + 1, id)], Later, Cancellation));
    }

    [Theory]
    [InlineData("res-1", true)]
    [InlineData("evt_01m8f3wk2qahp74ctd8rcka99d", false)]
    public async Task EachReservation_IsStillKnown_AndWhetherItHasEnded(string id, bool hasEnded)
    {
        EventKey[] keys = [EventIds.OfReservation(KeyId, id), EventIds.OfEnd(KeyId, id)];

        var found = await LedgerConnection.FindAsync(_service, keys, Later, Cancellation);

        Assert.Equal(
            hasEnded ? [EntryKind.Reserve, EntryKind.Commit] : [EntryKind.Reserve],
            found.Select(static f => f.Kind).Order());
    }

    [Fact]
    public async Task ANodeOfTheVersionBefore_CantOpenASession()
    {
        await using var open = _service.CreateCommand(
            "insert into edge_session (node, node_id, address) values ('old', gen_random_uuid(), 'a')");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => open.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refusal.SqlState);
    }

    private async Task<LedgerConnection> ConnectAsync()
    {
        var session = await new SessionStore(_service).OpenAsync(
            new NodeIdentity(Guid.NewGuid(), "new"), new SessionEdge("new", null), Cancellation);
        return new LedgerConnection(_service, new LedgerPartitions(_service), session);
    }
}
