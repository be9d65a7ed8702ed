using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class LedgerBatchTests
{
    private readonly LedgerBatch _batch = new();
    private readonly UsageEventPool _pool = new();

    [Fact]
    public void NewEvents_AreAllWritten_AndOnlyCallersIdsAreLookedUp()
    {
        var (own, named) = (Add(id: 1, mayRepeat: false), Add(id: 2));

        Sort();

        Assert.Equal([own, named], _batch.Written);
        Assert.Equal([named.Entry.Id], _batch.Ids.Select(static key => key.Id));
        Assert.Empty(_batch.Others);
    }

    [Fact]
    public void OfRepeatsWithinABatch_TheFirstIsWritten_AndTheOthersAnswerAsItDoes()
    {
        var (first, same, other) = (Add(id: 1), Add(id: 1), Add(id: 1, fingerprint: 2));
        (first.AmountUnits, first.CreditsUnits) = (7, 8);

        Sort();

        Assert.Equal([first], _batch.Written);
        Assert.Equal(
            (UsageVerdict.Allowed, true, 7L, 8L),
            (same.Verdict, same.Duplicate, same.AmountUnits, same.CreditsUnits));
        Assert.Equal((UsageVerdict.IdConflict, false), (other.Verdict, other.Duplicate));
        Assert.False(first.Duplicate);
    }

    [Fact]
    public void WhatTheLedgerHas_IsNotWrittenAgain_AndAnswersWhatWasRatedThen()
    {
        var (repeat, conflict, fresh) = (Add(id: 1), Add(id: 1, fingerprint: 2), Add(id: 2));
        repeat.AmountUnits = 99;

        Sort(Found(id: 1, amount: 5, credits: 6, expiresAtMs: 77));

        Assert.Equal([fresh], _batch.Written);
        Assert.Equal(
            (UsageVerdict.Allowed, true, 5L, 6L, 77L),
            (repeat.Verdict, repeat.Duplicate, repeat.AmountUnits, repeat.CreditsUnits, repeat.ExpiresAtMs));
        Assert.Equal((UsageVerdict.IdConflict, false), (conflict.Verdict, conflict.Duplicate));
    }

    [Fact]
    public void ARefusedAttempt_IsARefusal_UnlessItsIdWasAdmitted()
    {
        var refused = Add(id: 1, lookUpOnly: true);
        var repeat = Add(id: 2, lookUpOnly: true);

        Assert.True(_batch.HasLookUps);
        Sort(Found(id: 2));

        Assert.Empty(_batch.Written);
        Assert.Equal((UsageVerdict.Refused, false), (refused.Verdict, refused.Duplicate));
        Assert.Equal((UsageVerdict.Allowed, true), (repeat.Verdict, repeat.Duplicate));
    }

    [Fact]
    public void OfRefusedAndAdmittedAttemptsOfOneId_TheAdmittedOneIsTheEvent_WhateverTheirOrder()
    {
        var before = Add(id: 1, lookUpOnly: true);
        var before2 = Add(id: 1, lookUpOnly: true);
        var admitted = Add(id: 1);
        var after = Add(id: 1, lookUpOnly: true);

        Sort();

        Assert.Equal([admitted], _batch.Written);
        Assert.All(
            [before, before2, after], u => Assert.Equal((UsageVerdict.Allowed, true), (u.Verdict, u.Duplicate)));
    }

    [Fact]
    public void RefusedAttemptsOfOneId_AreAllRefused()
    {
        var attempts = new[]
        {
            Add(id: 1, lookUpOnly: true), Add(id: 1, lookUpOnly: true), Add(id: 1, lookUpOnly: true),
        };

        Sort();

        Assert.All(attempts, u => Assert.Equal((UsageVerdict.Refused, false), (u.Verdict, u.Duplicate)));
    }

    [Fact]
    public void TheSecondEndOfAReservation_IsToldHowTheFirstOneEndedIt()
    {
        var committed = Add(id: 1, kind: EntryKind.Release, fingerprint: 9);
        var released = Add(id: 2, kind: EntryKind.Commit, fingerprint: 9);
        var again = Add(id: 3, kind: EntryKind.Release, fingerprint: 9);

        Sort(Found(id: 1, EntryKind.Commit), Found(id: 2, EntryKind.Release), Found(id: 3, EntryKind.Release));

        Assert.Equal(UsageVerdict.AlreadyCommitted, committed.Verdict);
        Assert.Equal(UsageVerdict.AlreadyReleased, released.Verdict);
        Assert.Equal((UsageVerdict.Allowed, true), (again.Verdict, again.Duplicate));
    }

    [Fact]
    public void ABatchThatIsBegunAnew_ForgetsWhatItThoughtBefore()
    {
        var (first, second) = (Add(id: 1), Add(id: 1));
        Sort();

        Sort(Found(id: 1));

        Assert.Empty(_batch.Written);
        Assert.Empty(_batch.Rows);
        Assert.Equal([first, second], _batch.Others);
        Assert.All([first, second], u => Assert.True(u.Duplicate));
    }

    private void Sort(params FoundEntry[] found)
    {
        _batch.Restart();
        _batch.Sort(found);
    }

    private UsageEvent Add(
        int id,
        EntryKind kind = EntryKind.Consume,
        long fingerprint = 1,
        bool mayRepeat = true,
        bool lookUpOnly = false)
    {
        var usage = _pool.Rent();
        usage.Entry.Id = IdOf(id);
        usage.Entry.Kind = kind;
        usage.Entry.Fingerprint = fingerprint;
        usage.HasClientId = mayRepeat;
        usage.LookUpOnly = lookUpOnly;
        _batch.Events.Add(usage);
        _batch.Restart();
        return usage;
    }

    private static FoundEntry Found(
        int id, EntryKind kind = EntryKind.Consume, long amount = 0, long credits = 0, long expiresAtMs = 0) =>
        new(
            IdOf(id), "id", kind, 1, 4, 0, expiresAtMs, "", "",
            [MetricId.TextTokens.Value, MetricId.Amount.Value, MetricId.Credits.Value],
            [3, amount, credits],
            UnpricedMask: 0);

    private static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);
}
