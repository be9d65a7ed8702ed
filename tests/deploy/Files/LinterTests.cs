using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The files as the programs that read them see them.</summary>
public sealed class LinterTests
{
    public static TheoryData<string> Scripts =>
    [
        "run", "test", "deploy/nodes.sh", "deploy/prerequisites.sh", "deploy/private-postgres.sh",
        "deploy/container/healthy", "deploy/compose/roles.sh",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Bash_CanReadTheScript(string script) =>
        (await Tool.RunAsync("bash", ["-n", script])).Succeeded();

    [Fact]
    public async Task Shellcheck_FindsNothingWrongWithTheScripts()
    {
        Tool.IsNeeded("shellcheck");
        // shellcheck follows these two from the scripts that source them.
        var scripts = Scripts.Select(static s => s.Data).Except(["deploy/nodes.sh", "deploy/prerequisites.sh"]);

        (await Tool.RunAsync("shellcheck", ["-x", "--severity=warning", .. scripts])).Succeeded();
    }

    [Fact]
    public async Task Systemd_FindsNothingWrongWithTheUnits()
    {
        Tool.IsNeeded("systemd-analyze");
        var folder = Directory.CreateTempSubdirectory("sluice-units-").FullName;
        try
        {
            // The program may be elsewhere on this machine, or not installed; systemd requires one.
            foreach (var unit in DeployFiles.Units)
            {
                await File.WriteAllTextAsync(
                    Path.Combine(folder, Path.GetFileName(unit)),
                    Repository.Read(unit).Replace("/usr/bin/dotnet", "/bin/sh"),
                    TestContext.Current.CancellationToken);
            }

            var verified = await Tool.RunAsync(
                "systemd-analyze", ["verify", "--man=no", .. Directory.GetFiles(folder)]);

            Assert.Equal("", verified.Succeeded() + verified.Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("base", "StatefulSet")]
    [InlineData("split", "StatefulSet", "Deployment")]
    public async Task Kustomize_MakesTheManifests(string variant, params string[] workloads)
    {
        Tool.IsNeeded("kubectl");
        var made = YamlFile.Parse(
            (await Tool.RunAsync("kubectl", ["kustomize", $"deploy/kubernetes/{variant}"])).Succeeded());

        var pods = made.Where(d => workloads.Contains(d.Text("kind"))).ToList();
        Assert.Equal(workloads.Length, pods.Count);
        Assert.All(pods, p => Assert.Equal(
            $"sluice:{DeployFiles.Version}",
            Assert.Single(p.Items("spec", "template", "spec", "containers")).Text("image")));
        var roles = pods.Select(p => p.Items("spec", "template", "spec", "containers").Single().Items("env")
            .Single(e => e.Text("name") == "SLUICE_ROLE").Text("value"));
        Assert.Equal(variant == "base" ? ["all"] : ["api", "silo"], roles.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("base", 1)]
    [InlineData("split", 2)]
    public async Task Kustomize_AddsOwnCertificates_WhereTheComponentIsNamed(string variant, int workloads)
    {
        Tool.IsNeeded("kubectl");
        var folder = Directory.CreateTempSubdirectory("sluice-kustomize-");
        try
        {
            // Kustomize takes relative paths only.
            var manifests = Path.GetRelativePath(folder.FullName, Repository.PathOf("deploy", "kubernetes"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "kustomization.yaml"),
                $"resources: ['{manifests}/{variant}']\ncomponents: ['{manifests}/tls']\n",
                TestContext.Current.CancellationToken);

            var made = YamlFile.Parse((await Tool.RunAsync("kubectl", ["kustomize", folder.FullName])).Succeeded());

            var settings = made.SelectMany(d => d.Items("spec", "template", "spec", "containers"))
                .Select(c => c.Items("env").Select(e => e.Text("name")).ToArray()).ToArray();
            Assert.Equal(workloads, settings.Length);
            Assert.All(settings, static s => Assert.Contains("SLUICE_SILO_CERTIFICATE", s));
            Assert.All(settings, static s => Assert.Contains("SLUICE_SILO_AUTHORITY", s));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("base")]
    [InlineData("split")]
    public async Task Kubeconform_KnowsEveryField(string variant)
    {
        Tool.IsNeeded("kubeconform");
        Tool.IsNeeded("kubectl");
        var made = (await Tool.RunAsync("kubectl", ["kustomize", $"deploy/kubernetes/{variant}"])).Succeeded();

        (await Tool.RunAsync("kubeconform", ["-strict", "-summary"], made)).Succeeded();
    }

    [Fact]
    public async Task Hadolint_FindsNothingWrongWithTheContainerFile()
    {
        Tool.IsNeeded("hadolint");
        (await Tool.RunAsync("hadolint", ["deploy/container/Dockerfile"])).Succeeded();
    }

    [Fact]
    public async Task Compose_CanReadItsFile()
    {
        Tool.IsNeeded("docker");
        var version = await Tool.RunAsync("docker", ["compose", "version"]);
        Assert.SkipUnless(version.ExitCode == 0, "docker has no compose");

        (await Tool.RunAsync(
            "env",
            [
                "POSTGRES_PASSWORD=p", "SLUICE_OPERATOR_TOKEN=o", "SLUICE_GATEWAY_TOKEN=g",
                "docker", "compose", "-f", "deploy/compose/compose.yaml", "config", "--quiet",
            ])).Succeeded();
    }
}
