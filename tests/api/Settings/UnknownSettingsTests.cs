using Sluice.Api.Settings;
using Xunit;

namespace Sluice.Api.Tests.Settings;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("SLUICE_LISTEN")]
    [InlineData("SLUICE_SKIP_BUILD")]
    [InlineData("SLUICE_TEST_LIMIT_S")]
    [InlineData("PATH")]
    public void SettingsAndOtherVariables_AreNoMistake(string name) => Assert.Empty(In(name));

    [Theory]
    [InlineData("SLUICE_LISTN", "SLUICE_LISTN is no setting and has no effect; did you mean SLUICE_LISTEN?")]
    [InlineData("SLUICE_LISTENER", "SLUICE_LISTENER is no setting and has no effect; did you mean SLUICE_LISTEN?")]
    [InlineData("SLUICE_TOKEN_OF_OPERATOR", "SLUICE_TOKEN_OF_OPERATOR is no setting and has no effect.")]
    public void AnUnknownSetting_IsNamed_WithTheNearest(string name, string sentence) =>
        Assert.Equal([sentence], In(name));

    private static IReadOnlyList<string> In(string name) => UnknownSettings.In(
        new Dictionary<string, string> { [name] = "x" }, ["SLUICE_LISTEN", "SLUICE_DATA", "SLUICE_OPERATOR_TOKEN"]);
}
