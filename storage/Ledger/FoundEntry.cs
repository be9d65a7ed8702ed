namespace Sluice.Storage.Ledger;

/// <summary>An event that is already in the ledger.</summary>
public sealed record FoundEntry(
    Guid Id,
    string EventId,
    EntryKind Kind,
    long Fingerprint,
    long KeyId,
    long AdmittedAtMs,
    long ExpiresAtMs,
    string Model,
    string Member,
    short[] Metrics,
    long[] Units,
    int UnpricedMask);
