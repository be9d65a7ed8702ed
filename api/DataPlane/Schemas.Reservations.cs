using System.ComponentModel.DataAnnotations;

namespace Sluice.Api.DataPlane;

internal static partial class Schemas
{
    /// <param name="TtlSeconds">
    /// The hold then expires so many seconds from now, 1 to 3,600; 300 if omitted. It never expires sooner than before.
    /// </param>
    /// <param name="KeyId">The key of the reservation; with the gateway's token only.</param>
    internal sealed record Prolongation([Range(1, 3_600)] int? TtlSeconds = null, string? KeyId = null);

    /// <param name="Id">The reservation's id.</param>
    /// <param name="State">
    /// <c>open</c> while it holds, <c>committed</c>, <c>released</c>, or <c>expired</c>, when a commit still counts.
    /// </param>
    /// <param name="CreatedAt">When it was made: prices and periods are those of this time.</param>
    /// <param name="ExpiresAt">When the hold goes back by itself.</param>
    /// <param name="Model">The model; empty if none was named.</param>
    /// <param name="Member">The member; empty if none was named.</param>
    /// <param name="Metrics">What is held, by metric name.</param>
    /// <param name="Amount">What is held in money, in the tenant's currency.</param>
    /// <param name="Credits">What is held in credits.</param>
    /// <param name="Committed">What was really used; only once it is committed.</param>
    internal sealed record ReservationState(
        string Id,
        [AllowedValues("open", "committed", "released", "expired")] string State,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        string Model,
        string Member,
        IReadOnlyDictionary<string, decimal> Metrics,
        decimal Amount,
        decimal Credits,
        Committed? Committed = null);

    /// <param name="At">When it was committed.</param>
    /// <param name="Model">The model that was used; empty if none was named.</param>
    /// <param name="Member">The member that used it; empty if none was named.</param>
    /// <param name="Metrics">What was used, by metric name.</param>
    /// <param name="Amount">Its price in the tenant's currency.</param>
    /// <param name="Credits">Its price in credits.</param>
    internal sealed record Committed(
        DateTimeOffset At,
        string Model,
        string Member,
        IReadOnlyDictionary<string, decimal> Metrics,
        decimal Amount,
        decimal Credits);
}
