using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Settings;

/// <summary>The nodes of one cluster to talk to, and the tokens to use.</summary>
internal sealed record NodeSettings(
    IReadOnlyList<HttpTarget> Targets, string? OperatorTokenFile, string? GatewayTokenFile)
{
    private const string DefaultDataFolder = ".data";
    private const string OperatorTokenName = "operator-token";

    /// <summary>Creates settings for a single node.</summary>
    public NodeSettings(HttpTarget target, string? operatorTokenFile, string? gatewayTokenFile)
        : this([target], operatorTokenFile, gatewayTokenFile)
    {
    }

    /// <summary>The folder in which runs keep their keys, next to the node's own private files.</summary>
    public static string StateFolder => Path.Combine(DataFolder, "loadtest");

    /// <summary>The target of management calls: any node answers for the whole cluster.</summary>
    public HttpTarget First => Targets[0];

    /// <summary>The path of the operator's token.</summary>
    public string OperatorTokenPath => OperatorTokenFile ?? Path.Combine(DataFolder, OperatorTokenName);

    private static string DataFolder => Environment.GetEnvironmentVariable("SLUICE_DATA") is { Length: > 0 } folder
        ? folder
        : DefaultDataFolder;

    /// <exception cref="SettingMissingException">There is no token.</exception>
    public string ReadOperatorToken() =>
        ReadToken(OperatorTokenFile, "SLUICE_OPERATOR_TOKEN", OperatorTokenName, "--operator-token-file");

    /// <exception cref="SettingMissingException">There is no token.</exception>
    public string ReadGatewayToken() =>
        ReadToken(GatewayTokenFile, "SLUICE_GATEWAY_TOKEN", "gateway-token", "--gateway-token-file");

    private static string ReadToken(string? file, string variable, string defaultName, string option)
    {
        if (file is null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } token)
            return token.Trim();
        var path = file ?? Path.Combine(DataFolder, defaultName);
        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new SettingMissingException($"There is no token in {path}; give {option} or set {variable}.");
    }
}
