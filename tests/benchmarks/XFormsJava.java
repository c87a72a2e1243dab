// JavaRosa (inside ODK Validate's jar) as a process of its own: reads a job, fills its forms, prints what it took.
// The job on standard input (see bench_xforms.py) is made of lines, texts in base64:
//   what rounds instances / wide / repeat / number of answers / path TAB value … / number / path TAB value …
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.data.SelectMultiData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.core.model.Constants;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.StubPropertyManager;

public class XFormsJava {
    static FormDef form;
    static FormEntryModel model;
    static FormEntryController controller;

    static double open(byte[] xml) throws Exception {
        long start = System.nanoTime();
        form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xml));
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        controller = new FormEntryController(model);
        return (System.nanoTime() - start) / 1e6;
    }

    static Map<String, FormIndex> places() {
        Map<String, FormIndex> found = new HashMap<>();
        FormIndex at = FormIndex.createBeginningOfFormIndex();
        for (at = model.incrementIndex(at); !at.isEndOfFormIndex(); at = model.incrementIndex(at)) {
            if (at.getReference() != null) found.put(at.getReference().toString(true).replace("[1]", "").replaceAll("rep(?=/)", "rep[1]"), at);
        }
        return found;
    }

    static IAnswerData typed(FormIndex at, String value) {
        FormEntryPrompt prompt = model.getQuestionPrompt(at);
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE: return new SelectOneData(pick(prompt, value));
            case Constants.CONTROL_SELECT_MULTI: {
                List<Selection> chosen = new ArrayList<>();
                for (String name : value.split(" ")) chosen.add(pick(prompt, name));
                return new SelectMultiData(chosen);
            }
            default:
        }
        switch (prompt.getDataType()) {
            case Constants.DATATYPE_INTEGER: return new IntegerData(Integer.parseInt(value));
            case Constants.DATATYPE_DECIMAL: return new DecimalData(Double.parseDouble(value));
            case Constants.DATATYPE_DATE: return new DateData(DateUtils.parseDate(value));
            default: return new StringData(value);
        }
    }

    static Selection pick(FormEntryPrompt prompt, String name) {
        for (SelectChoice choice : prompt.getSelectChoices()) {
            if (choice.getValue().equals(name)) return choice.selection();
        }
        throw new IllegalArgumentException(name);
    }

    /** The same given (a path and a text) and the same done as in the other engines; the answer alone comes second. */
    static double[][] answer(List<String[]> script, boolean told) {
        Map<String, FormIndex> places = places();
        double[][] taken = new double[2][script.size()];
        Map<FormIndex, List<Object>> known = told ? states(places) : null;
        for (int i = 0; i < script.size(); i++) {
            long start = System.nanoTime();
            FormIndex at = places.get(script.get(i)[0]);
            if (at == null) throw new IllegalArgumentException(script.get(i)[0] + " not in " + places.keySet());
            IAnswerData value = typed(at, script.get(i)[1]);
            long typed = System.nanoTime();
            controller.answerQuestion(at, value, true);
            if (told) known = changed(known, states(places));
            taken[0][i] = (System.nanoTime() - start) / 1e6;
            taken[1][i] = (System.nanoTime() - typed) / 1e6;
        }
        return taken;
    }

    /** What a page shows of each question: JavaRosa tells nobody what an answer changed, so it has to be asked again. */
    static Map<FormIndex, List<Object>> states(Map<String, FormIndex> places) {
        Map<FormIndex, List<Object>> found = new HashMap<>();
        for (FormIndex at : places.values()) {
            if (!model.isIndexRelevant(at)) {
                found.put(at, List.of());
            } else if (model.getEvent(at) == FormEntryController.EVENT_QUESTION) {
                FormEntryPrompt prompt = model.getQuestionPrompt(at);
                found.put(at, Arrays.asList(prompt.isRequired(), prompt.isReadOnly(), prompt.getAnswerText()));
            }
        }
        return found;
    }

    static int changes = 0;

    static Map<FormIndex, List<Object>> changed(Map<FormIndex, List<Object>> before, Map<FormIndex, List<Object>> after) {
        for (Map.Entry<FormIndex, List<Object>> one : after.entrySet()) {
            if (!one.getValue().equals(before.get(one.getKey()))) changes++;
        }
        return after;
    }

    static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(Double.NaN);
    }

    static String written() throws Exception {
        byte[] xml = new XFormSerializingVisitor().serializeInstance(form.getInstance());
        return Base64.getEncoder().encodeToString(xml);
    }

    static double resident() throws Exception {
        for (String line : Files.readAllLines(new File("/proc/self/status").toPath())) {
            if (line.startsWith("VmRSS:")) return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
        }
        return Double.NaN;
    }

    static List<String[]> script(BufferedReader in) throws Exception {
        List<String[]> found = new ArrayList<>();
        int count = Integer.parseInt(in.readLine());
        for (int i = 0; i < count; i++) found.add(in.readLine().split("\t", 2));
        return found;
    }

    static String speed(int rounds, int instances, byte[] wide, byte[] repeat, List<String[]> answers,
            List<String[]> repeatAnswers) throws Exception {
        double[] loads = new double[rounds];
        double[] means = new double[rounds];
        double[] bare = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            loads[i] = open(wide);
            double[][] taken = answer(answers, false);
            means[i] = mean(taken[0]);
            bare[i] = mean(taken[1]);
        }
        form.postProcessInstance();
        String wideXml = written();
        open(repeat);
        FormIndex at = FormIndex.createBeginningOfFormIndex();
        double adding = 0;
        for (int i = 1; i < instances; i++) {
            while (model.getEvent(at) != FormEntryController.EVENT_PROMPT_NEW_REPEAT) at = model.incrementIndex(at);
            long start = System.nanoTime();
            controller.newRepeat(at);
            adding += (System.nanoTime() - start) / 1e9;
        }
        double[] taken = answer(repeatAnswers, false)[0];
        return String.format(java.util.Locale.ROOT, "{\"loads_ms\": %s, \"answers_ms\": %s, \"bares_ms\": %s, \"adding_s\": %f, \"repeat_ms\": %f, "
            + "\"repeat_worst_ms\": %f, \"wide_xml\": \"%s\", \"repeat_xml\": \"%s\"}", Arrays.toString(loads), Arrays.toString(means),
            Arrays.toString(bare), adding, mean(taken), Arrays.stream(taken).max().orElse(0), wideXml, written());
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new StubPropertyManager());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] head = in.readLine().split(" ");
        byte[] wide = Base64.getDecoder().decode(in.readLine());
        byte[] repeat = Base64.getDecoder().decode(in.readLine());
        List<String[]> answers = script(in);
        List<String[]> repeatAnswers = script(in);
        if (head[0].equals("memory")) {
            double before = resident();
            open(wide);
            out.printf(java.util.Locale.ROOT, "{\"engine_mb\": %f, \"mb\": %f}", before, resident());
        } else if (head[0].equals("told")) {
            open(wide);
            out.printf(java.util.Locale.ROOT, "{\"told_ms\": %f, \"changes\": %d}", mean(answer(answers, true)[0]), changes);
        } else {
            out.print(speed(Integer.parseInt(head[1]), Integer.parseInt(head[2]), wide, repeat, answers, repeatAnswers));
        }
        out.flush();
        System.exit(0);
    }
}
