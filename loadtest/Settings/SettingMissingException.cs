namespace Sluice.LoadTest.Settings;

/// <summary>A run can't start with these settings; the message says what to change.</summary>
public sealed class SettingMissingException : Exception
{
    public SettingMissingException()
    {
    }

    public SettingMissingException(string message)
        : base(message)
    {
    }

    public SettingMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
