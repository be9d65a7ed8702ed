using System.Globalization;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Sluice.Deploy.Tests.Files;

/// <summary>Requirements of Sluice on its platform that no linter knows.</summary>
public sealed class ManifestTests
{
    /// <summary>How long the host gives its services to stop.</summary>
    private const int HostStopSeconds = 30;

    private const string Owner = "SLUICE_POSTGRES_OWNER";

    public static TheoryData<string> Workloads =>
        ["deploy/kubernetes/base/statefulset.yaml", "deploy/kubernetes/split/api.yaml"];

    public static TheoryData<string> YamlFiles => [.. DeployFiles.Yaml];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void EveryFile_IsYaml(string file) =>
        Assert.All(YamlFile.Read(file), static document => Assert.IsType<YamlMappingNode>(document));

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Pods_HaveNoRightsThatTheyDoNotNeed(string file)
    {
        var pod = Pod(file);
        var container = Container(file);

        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal(["ALL"], container.Texts("securityContext", "capabilities", "drop"));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Pods_AreProbedWhereTheProgramAnswers_AndSayWhatTheyNeed(string file)
    {
        var container = Container(file);

        // RunScriptTests asks a running node at both.
        Assert.Equal(HealthPaths.Live, container.Text("startupProbe", "httpGet", "path"));
        Assert.Equal(HealthPaths.Live, container.Text("livenessProbe", "httpGet", "path"));
        Assert.Equal(HealthPaths.Ready, container.Text("readinessProbe", "httpGet", "path"));
        Assert.NotNull(container.Text("resources", "requests", "cpu"));
        Assert.NotNull(container.Text("resources", "requests", "memory"));
        Assert.NotEmpty(Pod(file).Items("topologySpreadConstraints"));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Pods_MayFinish_BeforeTheyAreKilled(string file)
    {
        var pause = Container(file).Texts("lifecycle", "preStop", "exec", "command").ToArray();
        var allowed = Number(Pod(file).Text("terminationGracePeriodSeconds"));

        Assert.Equal("sleep", pause[0]);
        Assert.True(allowed > Number(pause[1]) + HostStopSeconds, $"{allowed} s are too few");
    }

    [Fact]
    public void PodsThatHostAuthorities_TellTheirOwnAddress()
    {
        var address = Container("deploy/kubernetes/base/statefulset.yaml").Items("env")
            .Single(e => e.Text("name") == "SLUICE_SILO_ADDRESS");

        Assert.Equal("status.podIP", address.Text("valueFrom", "fieldRef", "fieldPath"));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Secrets_AreNowhereInTheManifests(string file)
    {
        string[] secrets = ["SLUICE_POSTGRES", "SLUICE_OPERATOR_TOKEN", "SLUICE_GATEWAY_TOKEN"];
        var settings = Container(file).Items("env").Where(e => secrets.Contains(e.Text("name"))).ToList();

        Assert.Equal(secrets.Length, settings.Count);
        Assert.All(settings, s => Assert.Equal("sluice", s.Text("valueFrom", "secretKeyRef", "name")));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void TheOwnersConnection_IsTheMigratingStepsAlone(string file)
    {
        var migrate = Assert.Single(Pod(file).Items("initContainers"));
        var owner = Assert.Single(migrate.Items("env"), static e => e.Text("name") == Owner);

        Assert.Equal(["migrate"], migrate.Texts("args"));
        Assert.Equal("postgres-owner", owner.Text("valueFrom", "secretKeyRef", "key"));
        Assert.DoesNotContain(Container(file).Items("env"), static e => e.Text("name") == Owner);
        Assert.Equal("true", migrate.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal(["ALL"], migrate.Texts("securityContext", "capabilities", "drop"));
    }

    [Fact]
    public void InCompose_TheOwnersPassword_IsNotTheNodes()
    {
        var services = YamlFile.Read("deploy/compose/compose.yaml")[0].Entries("services").ToList();

        Assert.All(services, static s => Assert.Equal(
            s.Key is "migrate" or "postgres",
            s.Value.Entries("environment").Any(static e => $"{e.Key}{e.Value}".Contains("OWNER"))));
    }

    /// <summary>A key that was made in the folder of a pod would go with it.</summary>
    [Theory]
    [MemberData(nameof(Workloads))]
    public void TheEncryptionKey_IsASecretThatAllPodsShare(string file)
    {
        var setting = Container(file).Items("env").Single(static e => e.Text("name") == "SLUICE_KEY_FILE");
        var volume = Pod(file).Items("volumes").Single(static v => v.Text("name") == "key");
        var mount = Container(file).Items("volumeMounts").Single(static m => m.Text("name") == "key");

        Assert.Equal("sluice", volume.Text("secret", "secretName"));
        Assert.Equal(
            setting.Text("value"),
            $"{mount.Text("mountPath")}/{Assert.Single(volume.Items("secret", "items")).Text("path")}");
        Assert.Equal("true", mount.Text("readOnly"));
    }

    [Fact]
    public void PortsOfTheCluster_AreOpenToItsOwnPodsOnly()
    {
        var policy = YamlFile.Read("deploy/kubernetes/base/network-policy.yaml")[0];
        var open = policy.Items("spec", "ingress").Where(r => !r.Items("from").Any()).ToList();
        var closed = Assert.Single(policy.Items("spec", "ingress"), r => r.Items("from").Any());

        Assert.Equal(["http"], Assert.Single(open).Items("ports").Select(p => p.Text("port")!));
        Assert.Equal(["silo", "gateway"], closed.Items("ports").Select(p => p.Text("port")!));
        Assert.Equal("sluice", Assert.Single(closed.Items("from"))
            .Text("podSelector", "matchLabels", "app.kubernetes.io/name"));
    }

    [Theory]
    [InlineData("deploy/kubernetes/base/disruption-budget.yaml", "deploy/kubernetes/base/statefulset.yaml")]
    [InlineData("deploy/kubernetes/split/api.yaml", "deploy/kubernetes/split/api.yaml")]
    public void ADisruptionBudget_LetsOnePodGoAtATime(string file, string workload)
    {
        var budget = YamlFile.Read(file).Single(d => d.Text("kind") == "PodDisruptionBudget");
        var labels = YamlFile.Read(workload)[0].Entries("spec", "template", "metadata", "labels")
            .ToDictionary(l => l.Key, l => l.Value.ToString());

        Assert.Equal("1", budget.Text("spec", "maxUnavailable"));
        Assert.All(
            budget.Entries("spec", "selector", "matchLabels"),
            l => Assert.Equal(l.Value.ToString(), labels.GetValueOrDefault(l.Key)));
    }

    [Fact]
    public void ServicesOfCompose_AreStartedAgain_AndMayFinish()
    {
        var services = YamlFile.Read("deploy/compose/compose.yaml")[0].Entries("services").ToList();

        Assert.Equal(6, services.Count);
        Assert.All(services, static s => Assert.Equal(
            s.Key == "migrate" ? "on-failure" : "always", s.Value.Text("restart")));
        Assert.All(services, s => Assert.NotNull(s.Value.Text("stop_grace_period")));
        foreach (var (_, node) in services.Where(static s => s.Key.StartsWith("node-", StringComparison.Ordinal)))
        {
            Assert.True(Number(node.Text("stop_grace_period")!.TrimEnd('s')) > HostStopSeconds);
            Assert.Equal("service_healthy", node.Text("depends_on", "postgres", "condition"));
            Assert.Equal("service_completed_successfully", node.Text("depends_on", "migrate", "condition"));
            Assert.Equal(["CMD", "healthy"], node.Texts("healthcheck", "test"));
        }
    }

    private static YamlNode Pod(string file) => YamlFile.Read(file)[0].At("spec", "template", "spec")!;

    private static YamlNode Container(string file) => Assert.Single(Pod(file).Items("containers"));

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
