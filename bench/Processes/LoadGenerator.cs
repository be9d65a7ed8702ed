namespace Sluice.Bench.Processes;

/// <summary>Tunes this process for sending.</summary>
internal static class LoadGenerator
{
    /// <summary>
    /// The variable that makes continuations of socket calls run on the thread that found the socket ready.
    /// </summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Sets the variable; call this before the first socket is used.</summary>
    public static void Tune() => Environment.SetEnvironmentVariable(InlineCompletions, "1");
}
