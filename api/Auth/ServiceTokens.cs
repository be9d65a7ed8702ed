using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;

namespace Sluice.Api.Auth;

/// <summary>
/// The two tokens of the installation itself, kept as hashes so that a comparison takes the same time whatever was sent
/// and however long it is.
/// </summary>
internal sealed class ServiceTokens
{
    private readonly byte[] _operator;
    private readonly byte[] _gateway;

    /// <exception cref="IOException">A token must be created or read, and its file can't be used.</exception>
    public ServiceTokens(IOptions<SluiceOptions> options)
    {
        var settings = options.Value;
        _operator = HashOf(Chosen(settings.OperatorToken, settings.Data, "operator-token"));
        _gateway = HashOf(Chosen(settings.GatewayToken, settings.Data, "gateway-token"));
    }

    public bool IsOperator(string token) => CryptographicOperations.FixedTimeEquals(HashOf(token), _operator);

    public bool IsGateway(string token) => CryptographicOperations.FixedTimeEquals(HashOf(token), _gateway);

    private static string Chosen(string setting, string folder, string file) =>
        setting.Length > 0 ? setting : TokenFile.ReadOrMake(folder, file);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
