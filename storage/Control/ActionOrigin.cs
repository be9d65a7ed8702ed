namespace Sluice.Storage.Control;

/// <summary>Who acts and from where, as the audit log keeps it.</summary>
/// <param name="Actor"><c>operator</c>, or the id of a member.</param>
/// <param name="Address">The address the request came from, where it is known.</param>
public sealed record ActionOrigin(string Actor, string? Address);
