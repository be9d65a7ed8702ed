namespace Sluice.Storage.Mail;

/// <summary>Who of the platform's staff gets mail about what waits for the operator; may be nobody.</summary>
public sealed record OperatorContacts(IReadOnlyList<string> Addresses);
