namespace Sluice.Storage.Mail;

/// <summary>A mail that is to go out.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Kind">What it is about; decides on the text.</param>
/// <param name="Recipient">One address.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Model">What the text is made of.</param>
/// <param name="Sealed">What of it is a secret.</param>
/// <param name="MessageId">The same for every attempt, and no other mail's.</param>
public sealed record QueuedMail(
    long TenantId, string Kind, string Recipient, string Language, object Model, byte[]? Sealed, string MessageId);
