namespace Sluice.EndToEnd.Scenes;

/// <summary>Whether the long versions were asked for: <c>./test soak</c>.</summary>
internal static class Soak
{
    public const string Reason = "long; ./test soak runs it";

    public static bool Wanted => Environment.GetEnvironmentVariable("SLUICE_SOAK") == "1";
}
