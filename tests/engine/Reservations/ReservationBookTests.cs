using Sluice.Engine.Edges;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Metering.Keys;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger.Ids;
using Xunit;

namespace Sluice.Engine.Reservations;

public sealed class ReservationBookTests
{
    [Fact]
    public void ReservationsThatHaveEnded_DoNotPileUpUntilTheyWouldHaveExpired()
    {
        var book = new ReservationBook();
        for (var i = 0; i < 20_000; i++)
        {
            var reservation = New(expiresAtMs: 3_600_000);
            book.Add(reservation);
            book.Remove(reservation);
        }

        Assert.Equal(0, book.Count);
        Assert.InRange(book.Expiries, 0, 2_000);
    }

    [Fact]
    public void ReservationsExpire_InTheOrderOfTheirTimes_AfterEndedOnesWereClearedAway()
    {
        var book = new ReservationBook();
        var (late, early) = (New(expiresAtMs: 2_000), New(expiresAtMs: 1_000));
        book.Add(late);
        book.Add(early);
        for (var i = 0; i < 5_000; i++)
        {
            var ended = New(expiresAtMs: 500);
            book.Add(ended);
            book.Remove(ended);
        }

        Assert.Empty(book.Expired(999, 10));
        Assert.Equal([early], book.Expired(1_000, 10));
        book.Remove(early);
        Assert.Empty(book.Expired(1_999, 10));
        Assert.Equal([late], book.Expired(5_000, 10));
        book.Remove(late);
        Assert.Empty(book.Expired(long.MaxValue / 2, 10));
    }

    [Fact]
    public void AReservationWhoseEndIsBeingWritten_ExpiresOnlyIfThatFails()
    {
        var book = new ReservationBook();
        var reservation = New(expiresAtMs: 1_000);
        book.Add(reservation);
        reservation.Ending = true;

        Assert.Empty(book.Expired(1_000, 10));
        reservation.Ending = false;
        Assert.Empty(book.Expired(1_999, 10));
        Assert.Equal([reservation], book.Expired(2_000, 10));
    }

    [Fact]
    public void AnExpiredReservation_ComesAgainUntilItsEndIsWritten()
    {
        var book = new ReservationBook();
        var reservation = New(expiresAtMs: 1_000);
        book.Add(reservation);

        Assert.Equal([reservation], book.Expired(1_000, 10));
        Assert.Empty(book.Expired(1_500, 10));
        Assert.Equal([reservation], book.Expired(2_000, 10));
        book.Remove(reservation);
        Assert.Empty(book.Expired(9_000, 10));
    }

    [Fact]
    public void AProlongedReservation_ExpiresAtItsLaterTime()
    {
        var book = new ReservationBook();
        var (prolonged, other) = (New(expiresAtMs: 1_000), New(expiresAtMs: 1_500));
        book.Add(prolonged);
        book.Add(other);
        ReservationBook.Prolong(prolonged, 3_000);

        Assert.Equal([other], book.Expired(2_000, 10));
        book.Remove(other);
        Assert.Empty(book.Expired(2_999, 10));
        Assert.Equal([prolonged], book.Expired(3_000, 10));
    }

    [Fact]
    public void TheFirstBatch_IsThatOfTheOldestReservationStillHere()
    {
        var book = new ReservationBook();
        var (old, also, young) = (New(1_000, batch: 3), New(1_000, batch: 3), New(1_000, batch: 7));
        Assert.Null(book.FirstBatch);
        foreach (var reservation in (Reservation[])[young, old, also])
            book.Add(reservation);

        Assert.Equal(3, book.FirstBatch);
        book.Remove(old);
        Assert.Equal(3, book.FirstBatch);
        book.Remove(also);
        Assert.Equal(7, book.FirstBatch);
        book.Remove(young);
        Assert.Null(book.FirstBatch);
    }

    [Fact]
    public void NoMoreExpireAtOnce_ThanAreAskedFor()
    {
        var book = new ReservationBook();
        for (var i = 0; i < 5; i++)
            book.Add(New(expiresAtMs: 1_000 + i));

        Assert.Equal(3, book.Expired(2_000, 3).Count);
        Assert.Equal(2, book.Expired(2_000, 3).Count);
    }

    [Fact]
    public void AKey_HoldsAsManyAsItMay_AndAnotherTenantsNone()
    {
        var book = new ReservationBook();
        var (first, second) = (KeyOf(1, 1), KeyOf(2, 1));
        var made = Enumerable.Range(0, ReservationBounds.KeyMax).Select(_ => New(1_000, first)).ToList();
        made.ForEach(book.Add);
        book.Add(made[0]);

        Assert.True(book.IsFullFor(first));
        Assert.False(book.IsFullFor(second));
        book.Remove(made[0]);
        book.Remove(made[0]);
        Assert.False(book.IsFullFor(first));

        for (var key = 10; key < 20; key++)
        {
            for (var i = 0; i < ReservationBounds.KeyMax; i++)
                book.Add(New(1_000, KeyOf(key, 1)));
        }

        Assert.True(book.IsFullFor(second));
        Assert.False(book.IsFullFor(KeyOf(3, 2)));
    }

    private static Reservation New(long expiresAtMs, CachedKey? key = null, long batch = 1) => new()
    {
        EventKey = new EventKey(Guid.NewGuid()),
        Text = "r",
        Batch = batch,
        Key = key ?? KeyOf(1, 1),
        ExpiresAtMs = expiresAtMs,
        AdmittedAtMs = 0,
        Model = "",
        Member = "",
    };

    private static CachedKey KeyOf(long keyId, long tenantId) => new(
        new Credential
        {
            KeyId = keyId,
            Kind = KeyKind.Project,
            TenantId = tenantId,
            ProjectId = 0,
            SeatId = 0,
            MemberId = 0,
            SecretHash = [],
            TimeZone = "UTC",
            Currency = "JPY",
        },
        TenantCalendar.Utc,
        []);
}
