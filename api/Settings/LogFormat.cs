namespace Sluice.Api.Settings;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>A line of text for each entry.</summary>
    Text,

    /// <summary>A JSON object for each entry.</summary>
    Json,
}
