namespace Sluice.Api.Management.Statements;

/// <summary>Whether a month can still change.</summary>
internal enum StatementState
{
    /// <summary>The month runs, or has ended and is not closed yet: its sums are those of now.</summary>
    Open,

    /// <summary>The month is closed: its statement never changes.</summary>
    Closed,
}
