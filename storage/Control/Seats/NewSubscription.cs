namespace Sluice.Storage.Control.Seats;

/// <summary>A subscription to create.</summary>
/// <param name="Id">A new id.</param>
/// <param name="Plan">The display name of the plan.</param>
/// <param name="Seats">1 to <see cref="MaxSeats"/>.</param>
/// <param name="CreditsUnits">Monthly credits per seat, in millionths of a credit.</param>
/// <param name="ExpiresAt">In the future.</param>
public sealed record NewSubscription(long Id, string Plan, int Seats, long CreditsUnits, DateTimeOffset ExpiresAt)
{
    /// <summary>Maximum seats of one subscription.</summary>
    public const int MaxSeats = 10_000;
}
