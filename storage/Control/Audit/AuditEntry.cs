namespace Sluice.Storage.Control.Audit;

/// <summary>An action and its target; actor, address and time come from the transaction.</summary>
/// <param name="Action">The action, with the kind of target first: <c>project.created</c>.</param>
/// <param name="TenantId">The tenant concerned; null if only the operator is.</param>
/// <param name="Target">The id of the target, as the API shows it, or its name.</param>
/// <param name="Before">The changed values before; null if the target is new. Never a secret or a hash.</param>
/// <param name="After">The changed values after; null if the target was removed.</param>
public sealed record AuditEntry(string Action, long? TenantId, string Target, object? Before, object? After);
