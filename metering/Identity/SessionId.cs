namespace Sluice.Metering.Identity;

/// <summary>One start of one API process, as an edge that holds rights. Positive, increasing, never reused.</summary>
public readonly record struct SessionId(long Value);
