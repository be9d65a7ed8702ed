using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Sluice.EndToEnd.Scenes;

namespace Sluice.EndToEnd.Abuse;

/// <summary>A member who has signed in, at an address of their own: bounds by address are not shared.</summary>
internal sealed class Account : IDisposable
{
    /// <summary>The password of every account of the tests.</summary>
    public const string Password = "correct horse battery";

    /// <summary>A hang guard: a request that takes longer counts as a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Account(HttpClient http, string tenantId, string userName) =>
        (Http, TenantId, UserName) = (http, tenantId, userName);

    public HttpClient Http { get; }

    public string TenantId { get; }

    public string UserName { get; }

    /// <summary>The token of the session.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Signs in as a tenant's owner, whose password the operator has reset.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="address">The account's address, one of the loopback's.</param>
    public static async Task<Account> OfOwnerAsync(Scene scene, string tenantId, string address)
    {
        var members = await scene.Calls.ListAsync($"api/v1/tenants/{tenantId}/members", scene.Cancellation);
        var owner = members.Single(static member => member.GetProperty("role").GetString() == "owner");
        var reset = await scene.Calls.PostAsync(
            $"api/v1/tenants/{tenantId}/members/{owner.GetProperty("id").GetString()}/reset-password",
            new { },
            scene.Cancellation);
        var account = new Account(
            ClientOf(scene, address), tenantId, owner.GetProperty("userName").GetString()!);
        await account.BeginAsync(reset.GetProperty("oneTimePassword").GetString()!, scene.Cancellation);
        return account;
    }

    /// <summary>Opens another session; returns the answer's status.</summary>
    public async Task<HttpStatusCode> SignInAsync(CancellationToken ct)
    {
        using var response = await Http.PostAsJsonAsync(
            "api/v1/session", new { tenant = TenantId, userName = UserName, password = Password }, ct);
        return response.StatusCode;
    }

    /// <summary>Calls the management API with the session.</summary>
    /// <exception cref="HttpRequestException">The answer is not 2xx.</exception>
    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await Http.SendAsync(request, ct);
        return await ReadAsync(response, ct);
    }

    public void Dispose() => Http.Dispose();

    private async Task BeginAsync(string oneTimePassword, CancellationToken ct)
    {
        using var response = await Http.PostAsJsonAsync(
            "api/v1/session", new { tenant = TenantId, userName = UserName, password = oneTimePassword }, ct);
        Token = (await ReadAsync(response, ct)).GetProperty("accessToken").GetString()!;
        await PostAsync("api/v1/me/password", new { current = oneTimePassword, @new = Password }, ct);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode} {text}", null, response.StatusCode);
        return JsonDocument.Parse(text).RootElement;
    }

    private static HttpClient ClientOf(Scene scene, string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = scene.Target.BaseAddress,
        Timeout = Patience,
    };
}
