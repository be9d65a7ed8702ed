namespace Sluice.EndToEnd.Audits;

/// <summary>A secret that nobody may pass with any more.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Since">Timestamp at which the call that took it away had returned.</param>
internal readonly record struct DeadSecret(string Secret, long Since);
