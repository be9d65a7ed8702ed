namespace Sluice.Storage.Seats;

/// <summary>A subscription to make.</summary>
/// <param name="Id">New.</param>
/// <param name="Plan">For people.</param>
/// <param name="Seats">1 to <see cref="MaxSeats"/>.</param>
/// <param name="CreditsUnits">Monthly for each seat, in millionths of a credit.</param>
/// <param name="ExpiresAt">In the future.</param>
public sealed record NewSubscription(long Id, string Plan, int Seats, long CreditsUnits, DateTimeOffset ExpiresAt)
{
    /// <summary>Most seats of one subscription.</summary>
    public const int MaxSeats = 10_000;
}
