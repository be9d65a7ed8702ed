using Microsoft.Playwright;

namespace Sluice.EndToEnd.Consoles;

/// <summary>A browser without a window, and without anything of earlier tests.</summary>
internal sealed class ConsoleBrowser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private const int ExpectAtMostMs = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ConsoleBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Where the browser is; null if there is none on this machine.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public static async Task<ConsoleBrowser> StartAsync()
    {
        // Guards against what hangs only: a slow machine, with a node that has just died, may take seconds.
        Assertions.SetDefaultExpectTimeout(ExpectAtMostMs);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = Arguments,
        });
        return new ConsoleBrowser(playwright, browser);
    }

    /// <summary>Opens a window that has no cookies.</summary>
    /// <param name="address">The address of the console's node or balancer.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="dark">Whether the system prefers a dark theme.</param>
    /// <param name="language">What the browser prefers.</param>
    public async Task<IPage> OpenAsync(Uri address, int width = 1_440, bool dark = false, string language = "en")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = language,
        });
        context.SetDefaultTimeout(ExpectAtMostMs);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
