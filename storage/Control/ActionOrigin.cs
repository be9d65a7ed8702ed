namespace Sluice.Storage.Control;

/// <summary>The actor and address of an action, as recorded in the audit log.</summary>
/// <param name="Actor"><c>operator</c>, or the id of a member.</param>
/// <param name="Address">The address the request came from, if known.</param>
public sealed record ActionOrigin(string Actor, string? Address);
