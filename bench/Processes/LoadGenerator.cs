namespace Sluice.Bench.Processes;

/// <summary>How this process is tuned to send.</summary>
internal static class LoadGenerator
{
    /// <summary>Continuations of socket calls run on the thread that found the socket ready.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To call before the first socket is used.</summary>
    public static void Tune() => Environment.SetEnvironmentVariable(InlineCompletions, "1");
}
