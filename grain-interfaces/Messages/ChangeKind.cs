namespace Sluice.GrainInterfaces.Messages;

/// <summary>The kinds of <see cref="ChangeMessage"/>; the numbers are part of the wire.</summary>
public enum ChangeKind : byte
{
    /// <summary>Keys.</summary>
    Keys = 0,

    /// <summary>A tenant.</summary>
    Tenant = 1,

    /// <summary>Prices or metrics.</summary>
    Rates = 2,
}
