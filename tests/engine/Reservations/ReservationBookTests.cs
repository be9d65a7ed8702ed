using Sluice.Engine.Edges;
using Sluice.Engine.Events;
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

        Assert.Null(book.TakeExpired(999));
        Assert.Same(early, book.TakeExpired(1_000));
        Assert.Null(book.TakeExpired(1_999));
        Assert.Same(late, book.TakeExpired(5_000));
        Assert.Null(book.TakeExpired(long.MaxValue / 2));
    }

    [Fact]
    public void AReservationWhoseEndIsBeingWritten_ExpiresOnlyIfThatFails()
    {
        var book = new ReservationBook();
        var reservation = New(expiresAtMs: 1_000);
        book.Add(reservation);
        reservation.Ending = true;

        Assert.Null(book.TakeExpired(1_000));
        reservation.Ending = false;
        Assert.Null(book.TakeExpired(1_999));
        Assert.Same(reservation, book.TakeExpired(2_000));
    }

    private static Reservation New(long expiresAtMs) => new()
    {
        Id = Guid.NewGuid(),
        Key = null!,
        ExpiresAtMs = expiresAtMs,
        AdmittedAtMs = 0,
        Model = "",
        Member = "",
    };
}
