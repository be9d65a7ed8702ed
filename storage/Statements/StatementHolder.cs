namespace Sluice.Storage.Statements;

/// <summary>What usage on a statement counts in. The numbers are stored.</summary>
public enum StatementHolder : short
{
    /// <summary>A member's personal key.</summary>
    PersonalKey = 0,

    /// <summary>A project.</summary>
    Project = 1,

    /// <summary>A seat.</summary>
    Seat = 2,
}
