using Sluice.Storage.Mail;

namespace Sluice.Api.Mail;

/// <summary>What came of sending a mail.</summary>
/// <param name="Deliveries">For each recipient that the server answered about.</param>
/// <param name="Outage">
/// Why the server could not be used, where it could not: nothing is known of the recipients that are missing. Null
/// where it answered about all of them.
/// </param>
internal sealed record SendResult(IReadOnlyList<Delivery> Deliveries, Outage? Outage);
