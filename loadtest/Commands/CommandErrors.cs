using System.Text.Json;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Commands;

/// <summary>Reports errors that a user can fix in one line; anything else is a bug and keeps its stack trace.</summary>
internal static class CommandErrors
{
    public static async Task<int> TellAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception wrong) when (wrong is SettingMissingException or ManagementException or FormatException
            or IOException or UnauthorizedAccessException or JsonException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCode.NotStarted;
        }
    }
}
