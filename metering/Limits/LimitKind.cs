namespace Sluice.Metering.Limits;

/// <summary>What reaching a limit does. The numbers are stored.</summary>
public enum LimitKind : byte
{
    /// <summary>Requests that would pass the value are refused.</summary>
    Blocked = 0,

    /// <summary>People are told once per period; nothing is refused.</summary>
    Warning = 1,
}
