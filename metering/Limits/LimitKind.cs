namespace Sluice.Metering.Limits;

/// <summary>The effect of reaching a limit. The numbers are stored.</summary>
public enum LimitKind : byte
{
    /// <summary>Requests that would exceed the value are refused.</summary>
    Blocked = 0,

    /// <summary>Recipients are notified once per period; nothing is refused.</summary>
    Warning = 1,
}
