namespace Sluice.Storage.Reports.Statements;

/// <summary>The kind of holder of usage on a statement. The numbers are stored.</summary>
public enum StatementHolder : short
{
    /// <summary>A member's personal key.</summary>
    PersonalKey = 0,

    /// <summary>A project.</summary>
    Project = 1,

    /// <summary>A seat.</summary>
    Seat = 2,
}
