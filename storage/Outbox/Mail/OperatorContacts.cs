namespace Sluice.Storage.Outbox.Mail;

/// <summary>The platform staff who get mail about work waiting for the operator; may be empty.</summary>
public sealed record OperatorContacts(IReadOnlyList<string> Addresses);
