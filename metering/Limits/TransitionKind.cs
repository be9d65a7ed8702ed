namespace Sluice.Metering.Limits;

/// <summary>What people are told about a threshold. The numbers are stored.</summary>
public enum TransitionKind : byte
{
    /// <summary>Usage rose to or past it.</summary>
    Reached = 0,

    /// <summary>It refused a request, before usage reached it or after it was set below usage.</summary>
    Refused = 1,

    /// <summary>It had fired, and no longer holds.</summary>
    Resolved = 2,
}
