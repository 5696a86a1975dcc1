package vowcheck.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import vowcheck.adapters.json.JsonDocument;

/// This machine's Chromium without a window, and the pages that it shows. When a page is not as expected, a screenshot
/// of it is kept.
final class Chromium implements AutoCloseable {

    /// Browsers ask for it at the root of the host, which API Gateway does not serve.
    private static final String ICON = "/favicon.ico";

    /// Chromium's notice that a layout needed one more frame, which MLflow's own table does now and then: no fault.
    private static final String ANOTHER_FRAME = "ResizeObserver loop completed with undelivered notifications";

    /// Warns about a protocol that is not used here.
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    private final Path pictures;
    private final ChromeDriver driver;

    /// @param pictures the folder for screenshots
    Chromium(Path pictures) {
        DEVTOOLS.setLevel(Level.SEVERE);
        this.pictures = pictures;
        var options = new ChromeOptions();
        options.addArguments("--headless=new", "--window-size=1400,1000", "--disable-dev-shm-usage");
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // Chromium refuses to run as root with its sandbox
        }
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(onPath("chromedriver").toFile())
                        .build(),
                options);
    }

    /// Logs in to a host's pages, as the user does in the browser's dialogue.
    ///
    /// @param page any of the pages
    void login(URI page, String user, String password) {
        driver.get(page.toString().replace("://", "://%s:%s@".formatted(user, password)));
    }

    /// Opens a page; returns when each of the texts is shown.
    void open(String url, String... texts) {
        driver.get("about:blank"); // a URL that differs only after the # would not be loaded again
        driver.get(url);
        awaitTexts(texts);
    }

    /// Waits for an element with exactly that text and clicks it; returns when each of the other texts is shown.
    void click(String text, String... texts) {
        await().atMost(LocalSystem.PATIENCE).ignoreExceptions().until(() -> {
            driver.findElement(By.xpath("//*[normalize-space(text())='%s']".formatted(text)))
                    .click();
            return true;
        });
        awaitTexts(texts);
    }

    /// Waits until elements of a CSS selector are visible, and returns their number.
    int awaitDrawn(String selector) {
        return await("drawn " + selector)
                .atMost(LocalSystem.PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> (int) driver.findElements(By.cssSelector(selector)).stream()
                                .filter(WebElement::isDisplayed)
                                .filter(element -> element.getSize().getHeight() > 0)
                                .count(),
                        count -> count > 0);
    }

    /// The errors in the page's console since the last call: failed scripts, refused requests.
    List<String> complaints() {
        return StreamSupport.stream(driver.manage().logs().get("browser").spliterator(), false)
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains(ICON) && !message.contains(ANOTHER_FRAME))
                .toList();
    }

    /// The status of each answer that pages have got since the last call.
    List<Integer> statuses() {
        return StreamSupport.stream(driver.manage().logs().get("performance").spliterator(), false)
                .map(entry -> JsonDocument.parse(entry.getMessage()).document("message"))
                .filter(message -> message.text("method").equals("Network.responseReceived"))
                .map(message -> message.document("params").document("response").integer("status"))
                .toList();
    }

    /// Where the page is now.
    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /// Saves a screenshot.
    void picture(String name) {
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaitTexts(String... texts) {
        for (var text : texts) {
            try {
                await("the text '" + text + "'")
                        .atMost(LocalSystem.PATIENCE)
                        .ignoreExceptions()
                        .until(() ->
                                driver.findElement(By.tagName("body")).getText().contains(text));
            } catch (RuntimeException e) {
                picture("missing");
                throw e;
            }
        }
    }

    private static Path onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no %s in PATH, expected Chromium with its driver (Debian: chromium-driver)"
                                .formatted(program)));
    }
}
