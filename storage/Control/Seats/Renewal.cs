namespace Sluice.Storage.Control.Seats;

/// <summary>A renewed subscription.</summary>
/// <param name="Subscription">The subscription after it.</param>
/// <param name="FreshSeats">The seats whose credits begin a new period, although they had used some this month.</param>
public sealed record Renewal(Subscription Subscription, IReadOnlyList<long> FreshSeats);
