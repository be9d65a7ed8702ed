using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>The result of sending a mail.</summary>
/// <param name="Deliveries">One delivery for each recipient that the server answered about.</param>
/// <param name="Outage">
/// Why the server could not be used: then nothing is known of the missing recipients. Null if it answered about all of
/// them.
/// </param>
internal sealed record SendResult(IReadOnlyList<Delivery> Deliveries, Outage? Outage);
